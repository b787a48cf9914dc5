#pragma once

#include "actors/message/envelope.hpp"
#include "cluster/bridge/presence_entries.hpp"
#include "cluster/bridge/presence_scripts.hpp"
#include "tests/cluster/support/lease_rig.hpp"

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

/// A lease rig of presence. Ann is subscribed to `room`, where the contract of
/// leases has its clients.
struct presence_rig : lease_rig {
  using listing = std::map<std::string, std::string>;

  presence_rig()
    : lease_rig{make_presence_kind(redis_keys{"t:"}), presence_scripts()} {
    ann.run({"SUBSCRIBE", "t:room"});
  }

  static presence_entry entry(std::string_view client,
                              std::string_view user = "ann") {
    return {"room", client, user, "info", "join", "leave"};
  }

  lease_added add(std::string_view node,
                  const std::vector<presence_entry>& entries) {
    return read_added(call(lease_add{kind, node, add_words(entries)})).value();
  }

  static strings add_words(const std::vector<presence_entry>& entries) {
    strings result;
    for (const auto& each : entries) {
      result.push_back(presence_name(each.channel, each.client));
      for (const auto word : {each.user, each.info, each.join, each.leave})
        result.emplace_back(word);
    }
    return result;
  }

  std::size_t remove(std::string_view node, std::string_view client) {
    return end(node, std::string{client});
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

  std::string entry_name(const std::string& name) const override {
    return presence_name("room", name);
  }

  std::string entry_text(const std::string& name) const override {
    return presence_text({"room", {name, {"ann", {}, {}}}, true});
  }

  strings told() override {
    strings result;
    for (const auto& message : heard()) {
      const auto fields = unwrap(message).fields;
      const auto* act =
        fields.event() == publication_event::join ? "begin " : "end ";
      result.push_back(act + std::string{fields.find(field_tag::client)});
    }
    return result;
  }

  strings kept() override {
    strings result;
    const auto& reply = redis.run({"HKEYS", keys.entries("room")});
    for (std::size_t at = 1; at < reply.size(); ++at)
      result.emplace_back(reply.text(at));
    std::ranges::sort(result);
    CAF_CHECK(counts()
              == (presence_counts{result.size(), result.empty() ? 0u : 1u}));
    return result;
  }

  std::string node_key(std::string_view node) const override {
    return keys.node_entries(node);
  }

  strings keys_of(std::string_view node, const std::string&) const override {
    return {keys.leases(), node_key(node), keys.entries("room"),
            keys.users("room")};
  }

  std::vector<action> own_commands(const std::string&) override {
    return {[this] { list(); }, [this] { counts(); }};
  }

  redis_client ann{server().port()};
};

} // namespace rookery::test
