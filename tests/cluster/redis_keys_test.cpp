#define CAF_SUITE redis_keys

#include "cluster/bridge/bridge_options.hpp"
#include "cluster/bridge/redis_keys.hpp"

#include <caf/test/unit_test.hpp>

#include <set>
#include <vector>

using namespace rookery;

namespace {

const std::vector<std::string> channels{
  "room", "a", "a}", "}a", "}", "{", "{}", "{a}", ":}a", "a:b", "}:b", "{:}a"};

std::vector<std::string> keys_of(const redis_keys& keys,
                                 std::string_view channel) {
  return {keys.position(channel),  keys.log(channel),
          keys.once(channel, "k"), keys.entries(channel),
          keys.users(channel),     keys.webhook_channel(channel)};
}

/// The part of a key that a Redis Cluster hashes.
std::string_view tag_of(std::string_view key) {
  const auto open = key.find('{');
  const auto close = key.find('}', open + 1);
  return open == key.npos || close == key.npos || close == open + 1
           ? key
           : key.substr(open + 1, close - open - 1);
}

} // namespace

CAF_TEST(a prefix is a name and a colon that may be left out) {
  CAF_CHECK_EQUAL(redis_keys{"app"}.pubsub("room"), "app:room");
  CAF_CHECK_EQUAL(redis_keys{"app:"}.pubsub("room"), "app:room");
  CAF_CHECK_EQUAL(redis_keys{""}.pubsub("room"), "room");
}

CAF_TEST(no prefix reaches the names of another) {
  const redis_keys one{"tenant1"};
  const redis_keys ten{"tenant10"};
  CAF_CHECK(one.pubsub("0:payroll") != ten.pubsub("payroll"));
  CAF_CHECK(one.pubsub("0payroll") != ten.pubsub("payroll"));
  CAF_CHECK(!one.channel_of(ten.pubsub("payroll")));
  CAF_CHECK(one.channel_of(one.pubsub("payroll")) == "payroll");
}

CAF_TEST(every name of ours begins with the prefix) {
  const redis_keys keys{"app"};
  for (const auto& key : keys_of(keys, "room"))
    CAF_CHECK(key.starts_with("app:rookery:"));
  for (const auto& key :
       {keys.leases(), keys.node_entries("n"), keys.webhook_leases(),
        keys.webhook_node("n"), keys.webhook_events(), keys.webhook_losses(),
        keys.webhook_delivery(), keys.check()})
    CAF_CHECK(key.starts_with("app:rookery:"));
  CAF_CHECK_EQUAL(keys.pubsub("__rookery:control"), "app:__rookery:control");
  CAF_CHECK(make_bridge_options("app").probe_channel.starts_with(
    "app:__rookery:probe:"));
}

CAF_TEST(the keys of a channel share their tag) {
  CAF_CHECK_EQUAL(redis_keys{"app"}.position("room"), "app:rookery:pos:{room}");
  CAF_CHECK_EQUAL(redis_keys{""}.log("room"), "rookery:log:{room}");
  for (const auto& channel : channels) {
    std::set<std::string_view> tags;
    const auto keys = keys_of(redis_keys{"app"}, channel);
    for (const auto& key : keys)
      tags.insert(tag_of(key));
    CAF_CHECK_EQUAL(tags.size(), 1u);
    CAF_CHECK_NOT_EQUAL(*tags.begin(), "");
  }
}

CAF_TEST(the keys of different channels are different) {
  std::set<std::string> all;
  std::size_t count = 0;
  for (const auto& channel : channels)
    for (const auto& key : keys_of(redis_keys{""}, channel)) {
      all.insert(key);
      ++count;
    }
  CAF_CHECK_EQUAL(all.size(), count);
  const redis_keys keys{""};
  std::set<std::string> once;
  for (const auto& channel : channels)
    for (const auto* key : {"k", ":k", "}:k", "a}:k", "}", "x"}) {
      CAF_CHECK(once.insert(keys.once(channel, key)).second);
    }
}
