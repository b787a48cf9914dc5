#pragma once

#include "cluster/bridge/webhook_scripts.hpp"
#include "cluster/webhooks/webhook_text.hpp"
#include "tests/cluster/support/lease_rig.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::test {

/// A lease rig of webhooks. The contract of leases has channels with one node.
struct webhook_rig : lease_rig {
  webhook_rig()
    : lease_rig{make_webhook_kind(redis_keys{"t:"}), webhook_scripts()} {}

  lease_added add(std::string_view node, const std::string& name,
                  std::size_t bound = max_kept_webhooks) {
    const auto text = text_of(name);
    const std::array words{name, text};
    const auto bounded = make_webhook_kind(keys, bound);
    return read_added(call(lease_add{bounded, node, words})).value();
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

  std::string entry_name(const std::string& name) const override {
    return channel_entry(name);
  }

  std::string entry_text(const std::string& name) const override {
    return channel_text(name);
  }

  strings told() override {
    auto result = events();
    run({"DEL", keys.webhook_events()});
    for (auto& event : result) {
      const auto end = event.find(' ');
      event.replace(0, end, event.starts_with("occupied") ? "begin" : "end");
    }
    return result;
  }

  strings kept() override {
    strings result;
    const auto all = keys.webhook_channel("*");
    const auto& reply = redis.run({"KEYS", all});
    for (std::size_t at = 1; at < reply.size(); ++at) {
      const auto key = reply.text(at);
      const auto begin = all.find('*');
      result.emplace_back(key.substr(begin, key.size() - all.size() + 1));
    }
    std::ranges::sort(result);
    return result;
  }

  std::string node_key(std::string_view node) const override {
    return keys.webhook_node(node);
  }

  strings keys_of(std::string_view node,
                  const std::string& name) const override {
    return {keys.webhook_leases(),      node_key(node),
            keys.webhook_channel(name), keys.webhook_events(),
            keys.webhook_losses(),      keys.webhook_delivery()};
  }

  std::vector<action> own_commands(const std::string& node) override {
    return {[this, node] { settle(node, fetch(node).batch); },
            [this, node] { release(node); }};
  }
};

} // namespace rookery::test
