#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace rookery {

/// All settings of an operator, at their defaults. Key, unit, range and reason
/// of each field are in settings_table.cpp, which must list every field.
struct settings {
  struct node_settings {
    std::string name;
    unsigned loops = 0;
    std::chrono::milliseconds drain_timeout{8'000};
    unsigned drain_rate = 1'000;
    bool insecure = false;
    std::size_t output_memory = 512 * 1024 * 1024;
    std::size_t input_memory = 64 * 1024 * 1024;
    std::chrono::milliseconds history_meta_ttl{std::chrono::hours{30 * 24}};

    bool operator==(const node_settings&) const = default;
  };

  struct listen_settings {
    std::vector<std::string> address{"127.0.0.1"};
    std::uint16_t port = 8080;
    std::size_t max_connections = 100'000;
    std::size_t max_message = 1024 * 1024;
    std::chrono::milliseconds handshake_timeout{8'000};
    std::chrono::milliseconds keep_alive{75'000};
    std::size_t output_queue = 1024 * 1024;
    std::size_t send_buffer = 128 * 1024;
    std::chrono::milliseconds ping_interval{25'000};
    std::chrono::milliseconds pong_timeout{10'000};
    std::vector<std::string> allowed_origins;
    std::vector<std::string> trusted_proxies;
    bool proxy_protocol = false;
    std::size_t connections_per_address = 30'000;
    std::size_t connections_per_user = 10'000;
    std::size_t handshakes_per_address = 2'000;
    std::size_t bad_tokens_per_address = 100;
    std::size_t commands_per_connection = 20'000;
    std::size_t bytes_per_connection = 32 * 1024 * 1024;
    std::size_t new_channels_per_connection = 50;
    std::size_t new_channels = 10'000;

    bool operator==(const listen_settings&) const = default;
  };

  struct plain_settings {
    bool publish = true;
    bool subscribe = true;
    bool demo = false;

    bool operator==(const plain_settings&) const = default;
  };

  struct centrifuge_settings {
    bool enabled = true;
    bool insecure = false;
    bool anonymous = false;
    unsigned channels_per_client = 128;
    std::size_t max_message = 64 * 1024;
    std::chrono::milliseconds stale_close_delay{25'000};
    std::chrono::milliseconds expired_close_delay{25'000};
    std::chrono::milliseconds expired_sub_close_delay{25'000};

    bool operator==(const centrifuge_settings&) const = default;
  };

  /// The options of the channels of one namespace; see the group "channel" of
  /// the settings table.
  struct channel_settings {
    unsigned history_size = 0;
    std::chrono::milliseconds history_ttl{0};
    bool force_recovery = false;
    bool presence = false;
    bool join_leave = false;
    bool force_join_leave = false;
    bool allow_subscribe = false;
    bool allow_publish = false;
    bool allow_presence = false;
    bool allow_history = false;
    bool allow_publish_for_subscriber = false;
    bool allow_presence_for_subscriber = false;
    bool allow_history_for_subscriber = false;
    bool allow_anonymous = false;
    bool allow_user_limited = true;
    bool hook_subscribe = false;
    bool hook_publish = false;

    bool operator==(const channel_settings&) const = default;
  };

  struct redis_settings {
    std::string url;
    std::string url_file;
    std::string prefix;
    std::chrono::milliseconds connect_timeout{2'000};
    std::string own_loop = "auto";
    unsigned reads = 8;
    std::chrono::milliseconds presence_update_interval{5'000};
    std::chrono::milliseconds presence_ttl{15'000};

    bool operator==(const redis_settings&) const = default;
  };

  struct cluster_settings {
    std::string secret;
    std::string secret_file;

    bool operator==(const cluster_settings&) const = default;
  };

  struct api_settings {
    std::string key;
    std::string key_file;

    bool operator==(const api_settings&) const = default;
  };

  struct token_settings {
    std::vector<std::string> hmac_secrets;
    std::string hmac_secrets_file;
    std::vector<std::string> public_keys;
    std::vector<std::string> subscription_hmac_secrets;
    std::string subscription_hmac_secrets_file;
    std::vector<std::string> subscription_public_keys;
    std::string audience;
    std::string issuer;
    std::chrono::milliseconds leeway{0};

    bool operator==(const token_settings&) const = default;
  };

  struct hook_settings {
    std::string connect;
    std::string refresh;
    std::string subscribe;
    std::string publish;
    std::string rpc;
    std::chrono::milliseconds timeout{1'000};
    unsigned concurrency = 64;
    unsigned queue = 256;
    std::vector<std::string> headers;
    std::string events;

    bool operator==(const hook_settings&) const = default;
  };

  struct admin_settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 9080;
    std::string token;
    std::string token_file;
    std::vector<std::string> hosts;

    bool operator==(const admin_settings&) const = default;
  };

  struct log_settings {
    std::string level = "info";
    std::string format = "text";

    bool operator==(const log_settings&) const = default;
  };

  node_settings node;
  listen_settings listen;
  plain_settings plain;
  centrifuge_settings centrifuge;
  channel_settings channel; ///< of the default namespace
  std::map<std::string, channel_settings, std::less<>> namespaces; ///< by name
  redis_settings redis;
  cluster_settings cluster;
  api_settings api;
  token_settings token;
  hook_settings hooks;
  admin_settings admin;
  log_settings log;

  bool operator==(const settings&) const = default;
};

} // namespace rookery
