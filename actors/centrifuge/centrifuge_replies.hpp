#pragma once

#include "actors/centrifuge/centrifuge_codes.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

/// The replies and pushes of the Centrifuge client protocol (v2, client.proto),
/// whatever the encoding. Nothing is owned: all views and spans need to live
/// only while the message is encoded. Texts should be valid UTF-8; payloads may
/// be any bytes, and each codec says how it embeds them. Fields that have their
/// default are not sent, as proto3 has it.
namespace rookery {

/// The client of a publication, a join or an entry of presence.
struct client_info {
  std::string_view user;
  std::string_view client;
  std::string_view conn_info; ///< payload; empty: none
  std::string_view chan_info; ///< payload; empty: none
};

/// A publication as clients see it.
struct centrifuge_publication {
  std::string_view data; ///< payload; always sent, even if empty
  /// Set only for publications by clients.
  std::optional<client_info> info;
  /// 0 in channels without history.
  std::uint64_t offset = 0;
  std::string_view tags; ///< JSON, an object of texts; empty: none
};

struct subscribe_result {
  std::uint64_t offset = 0;
  std::string_view epoch;
  std::string_view data; ///< payload; empty: none
  std::span<const centrifuge_publication> publications;
  /// Seconds; only with `expires`.
  std::uint32_t ttl = 0;
  bool expires = false;
  bool recoverable = false;
  bool positioned = false;
  bool recovered = false;
  bool was_recovering = false;
};

/// A subscription that the server has made.
struct server_subscription {
  std::string_view channel;
  subscribe_result result;
};

struct connect_result {
  std::string_view client;
  std::string_view version;
  std::string_view data; ///< payload; empty: none
  std::span<const server_subscription> subs;
  /// Seconds; only with `expires`.
  std::uint32_t ttl = 0;
  /// Seconds between the server's pings; 0: it does not ping.
  std::uint32_t ping = 0;
  bool expires = false;
  /// True if the client has to answer pings.
  bool pong = false;
};

struct unsubscribe_result {};

struct publish_result {};

struct presence_result {
  /// Each `client` once.
  std::span<const client_info> clients;
};

struct presence_stats_result {
  std::uint32_t num_clients = 0;
  std::uint32_t num_users = 0;
};

struct history_result {
  std::span<const centrifuge_publication> publications;
  std::string_view epoch;
  std::uint64_t offset = 0;
};

struct refresh_result {
  std::string_view client;
  std::string_view version;
  /// Seconds; only with `expires`.
  std::uint32_t ttl = 0;
  bool expires = false;
};

struct sub_refresh_result {
  /// Seconds; only with `expires`.
  std::uint32_t ttl = 0;
  bool expires = false;
};

struct rpc_result {
  std::string_view data; ///< payload; empty: none
};

/// The answer to the command with the same id. A client's `ping` has no result
/// type: it is answered with an error.
struct centrifuge_reply {
  std::uint32_t id = 0;
  std::variant<client_error, connect_result, subscribe_result,
               unsubscribe_result, publish_result, presence_result,
               presence_stats_result, history_result, refresh_result,
               sub_refresh_result, rpc_result>
    body;
};

struct join_push {
  client_info info;
};

struct leave_push {
  client_info info;
};

/// The push for a subscription that the server has ended.
struct unsubscribe_push {
  centrifuge_unsubscribe code;
};

/// The push for a subscription that the server has made.
struct subscribe_push {
  std::uint64_t offset = 0;
  std::string_view epoch;
  std::string_view data; ///< payload; empty: none
  bool recoverable = false;
  bool positioned = false;
};

/// A message that is no reply.
struct centrifuge_push {
  std::string_view channel;
  std::variant<centrifuge_publication, join_push, leave_push, unsubscribe_push,
               subscribe_push>
    body;
};

} // namespace rookery
