#pragma once

#include "cluster/bridge/presence_entries.hpp"
#include "cluster/bridge/presence_scripts.hpp"
#include "tests/cluster/support/redis_client.hpp"
#include "tests/cluster/support/redis_server.hpp"

#include <caf/test/unit_test.hpp>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::test {

/// An entry as the scripts get it.
struct presence_entry {
  std::string_view channel;
  std::string_view client;
  std::string_view user;
  std::string_view info;
  std::string_view join;
  std::string_view leave;
};

/// An empty Redis with the presence scripts, and short forms of their commands.
/// Ann is subscribed to `room`. All rigs share one server, one after the other.
struct presence_rig {
  using listing = std::map<std::string, std::string>;
  using strings = std::vector<std::string>;

  presence_rig() {
    redis.run({"FLUSHALL"});
    for (const auto* script : presence_scripts())
      redis.run({"SCRIPT", "LOAD", script->text()});
    ann.run({"SUBSCRIBE", "t:room"});
  }

  static redis_server& server() {
    static redis_server result;
    return result;
  }

  /// Runs one command; arrays come as their elements with blanks between.
  static std::string run(const std::vector<std::string>& words) {
    return server().command(words);
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
    run({"ZADD", keys.leases(), "XX", "1", node});
  }

  static presence_entry entry(std::string_view client,
                              std::string_view user = "ann") {
    return {"room", client, user, "info", "join", "leave"};
  }

  lease_added add(std::string_view node,
                  const std::vector<presence_entry>& entries) {
    return read_added(call(lease_add{kind, node, words_of(entries)})).value();
  }

  static strings words_of(const std::vector<presence_entry>& entries) {
    strings result;
    for (const auto& each : entries) {
      result.push_back(presence_name(each.channel, each.client));
      for (const auto word : {each.user, each.info, each.join, each.leave})
        result.emplace_back(word);
    }
    return result;
  }

  std::size_t remove(std::string_view node, std::string_view client) {
    const std::array ends{lease_end{presence_name("room", client), {}, false}};
    return read_entries_removed(call(lease_remove{kind, node, ends})).value();
  }

  /// The result of a sweep: "<node> <removed> <left>".
  std::string sweep(std::string_view node, std::size_t most = lease_batch) {
    const auto result = read_swept(call(lease_sweep{kind, node, most})).value();
    return result.node + " " + std::to_string(result.made) + " "
           + std::to_string(result.left);
  }

  listing list(std::string_view channel = "room",
               std::uint32_t limit = longest_listing,
               std::size_t most_bytes = longest_listing_bytes) {
    listing result;
    const auto listed =
      read_listing(call(presence_list{kind, channel, limit, most_bytes}))
        .value();
    for (const auto& one : listed)
      CAF_CHECK(result.emplace(one.client, one.info).second);
    return result;
  }

  presence_counts counts(std::string_view channel = "room") {
    return read_counts(call(presence_count{kind, channel})).value();
  }

  /// The messages that Ann received since the last call.
  strings heard() {
    redis.run({"PUBLISH", "t:room", "end"});
    strings result;
    for (;;) {
      std::string message{ann.next().text(3)};
      if (message == "end")
        return result;
      result.push_back(std::move(message));
    }
  }

  redis_keys keys{"t:"};
  lease_kind kind = make_presence_kind(keys);
  redis_client redis{server().port()};
  redis_client ann{server().port()};
};

} // namespace rookery::test
