#pragma once

#include "cluster/bridge/webhook_scripts.hpp"
#include "cluster/webhooks/webhook_text.hpp"
#include "tests/cluster/support/redis_client.hpp"
#include "tests/cluster/support/redis_server.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::test {

/// An empty Redis with the event scripts, and short forms of their commands.
/// All rigs share one server, one after the other.
struct webhook_rig {
  using strings = std::vector<std::string>;

  webhook_rig() {
    run({"FLUSHALL"});
    load();
  }

  static redis_server& server() {
    static redis_server result;
    return result;
  }

  /// Runs one command; arrays come as their elements with blanks between.
  static std::string run(const std::vector<std::string>& words) {
    return server().command(words);
  }

  void load() {
    for (const auto* script : webhook_scripts())
      redis.run({"SCRIPT", "LOAD", script->text()});
  }

  template <class Command>
  const redis_reply& call(const Command& what) {
    std::string bytes;
    append_command(bytes, keys, what);
    return redis.call(bytes);
  }

  lease_renewed renew(std::string_view node, std::uint64_t cursor = 0) {
    return read_renewed(
             call(lease_renew{kind, node, std::chrono::hours{1}, cursor}))
      .value();
  }

  void end_lease(const std::string& node) {
    run({"ZADD", keys.webhook_leases(), "XX", "1", node});
  }

  lease_added add(std::string_view node, const std::string& name,
                  std::size_t bound = max_kept_webhooks) {
    const auto text = text_of(name);
    const std::array words{name, text};
    const auto bounded = make_webhook_kind(keys, bound);
    return read_added(call(lease_add{bounded, node, words})).value();
  }

  /// Adds clients in batches.
  void add_clients(std::string_view node, std::size_t count) {
    for (std::size_t at = 0; at < count; at += lease_batch) {
      strings words;
      for (auto i = at; i < std::min(count, at + lease_batch); ++i)
        words.insert(words.end(), {client_entry(std::to_string(i)), "x"});
      CAF_REQUIRE(read_added(call(lease_add{kind, node, words})));
    }
  }

  lease_added occupy(std::string_view node, const std::string& channel) {
    return add(node, channel_entry(channel));
  }

  std::size_t remove(std::string_view node, const std::string& name,
                     bool must = false) {
    return remove(node, ++step, {{name, text_of(name), must}});
  }

  std::size_t remove(std::string_view node, std::uint64_t number,
                     const std::vector<lease_end>& ends, std::uint64_t lost = 0,
                     std::size_t bound = max_kept_webhooks) {
    const auto bounded = make_webhook_kind(keys, bound);
    return read_entries_removed(
             call(lease_remove{bounded, node, ends, number, lost}))
      .value();
  }

  std::size_t vacate(std::string_view node, const std::string& channel) {
    return remove(node, channel_entry(channel));
  }

  /// The result of a sweep: "<node> <made> <left>".
  std::string sweep(std::string_view node,
                    std::size_t max_count = lease_batch) {
    const auto result =
      read_swept(call(lease_sweep{kind, node, max_count})).value();
    return result.node + " " + std::to_string(result.made) + " "
           + std::to_string(result.left);
  }

  webhook_fetched fetch(std::string_view node,
                        std::size_t max_count = max_batch_webhooks,
                        std::size_t bytes = max_batch_bytes) {
    return read_webhooks_fetched(
             call(webhook_fetch{kind, node, max_count, bytes}))
      .value();
  }

  bool settle(std::string_view node, const webhook_batch& batch) {
    return read_webhooks_done(call(webhook_settle{kind, node, batch})).value();
  }

  bool release(std::string_view node) {
    return read_webhooks_done(call(webhook_release{kind, node})).value();
  }

  /// All waiting events: "occupied room", "disconnect c1".
  strings events() {
    strings result;
    std::string bytes;
    append_redis_command(bytes, std::vector<std::string_view>{
                                  "XRANGE", keys.webhook_events(), "-", "+"});
    const auto& reply = redis.call(bytes);
    for (std::size_t at = 0; at < reply.size(); ++at)
      if (reply.type(at) == redis_reply::kind::text
          && reply.text(at).starts_with("\"type\":"))
        result.push_back(short_of(reply.text(at)));
    return result;
  }

  static std::string short_of(std::string_view text) {
    std::string result{text};
    for (const auto* noise : {"\"type\":\"", "\"channel\":", "\"", ","})
      for (auto at = result.find(noise); at != result.npos;
           at = result.find(noise))
        result.replace(at, std::string_view{noise}.size(),
                       noise == std::string_view{","} ? " " : "");
    return result;
  }

  static std::string text_of(const std::string& name) {
    return name.front() == 'o' ? channel_text(name.substr(1))
                               : "\"client\":\"" + name.substr(1) + "\"";
  }

  redis_keys keys{"t:"};
  lease_kind kind = make_webhook_kind(keys);
  redis_client redis{server().port()};
  std::uint64_t step = 0;
};

} // namespace rookery::test
