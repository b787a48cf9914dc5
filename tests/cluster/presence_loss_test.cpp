#define CAF_SUITE presence_loss

#include "cluster/bridge/presence_scripts.hpp"
#include "tests/cluster/support/presence_rig.hpp"

#include <caf/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;

namespace {

using listing = presence_rig::listing;

} // namespace

CAF_TEST_FIXTURE_SCOPE(presence_loss_tests, presence_rig)

CAF_TEST(renewals keep the keys of thousands of channels in few rounds) {
  renew("n1");
  std::vector<std::string> channels;
  for (auto i = 0; i < 3000; ++i)
    channels.push_back("room" + std::to_string(i));
  for (auto i = 0; i < 3000; i += 100) {
    std::vector<presence_entry> entries;
    for (auto k = i; k < i + 100; ++k)
      entries.push_back({channels[k], "c", "ann", "info", "", ""});
    add("n1", entries);
  }
  CAF_CHECK(life(keys.leases()) > 0);
  CAF_CHECK(life(keys.node_entries("n1")) > 0);
  CAF_CHECK(life(keys.entries("room7")) > 0);
  CAF_CHECK(life(keys.users("room7")) > 0);
  for (const auto& channel : channels) {
    redis.run({"PEXPIRE", keys.entries(channel), "90000"});
    redis.run({"PEXPIRE", keys.users(channel), "90000"});
  }
  redis.run({"PEXPIRE", keys.node_entries("n1"), "90000"});
  auto rounds = 0;
  std::uint64_t cursor = 0;
  do {
    cursor = renew("n1", cursor).cursor;
    ++rounds;
  } while (cursor != 0 && rounds < 1000);
  CAF_CHECK(rounds >= 15 && rounds <= 45);
  CAF_CHECK(life(keys.node_entries("n1")) > 90'000);
  auto kept = 0;
  for (const auto& channel : channels)
    for (const auto& key : {keys.entries(channel), keys.users(channel)})
      kept += redis.run({"PTTL", key}).number(0) > 90'000;
  CAF_CHECK_EQUAL(kept, 6000);
}

CAF_TEST(entries that cannot be read are not listed and begin anew) {
  renew("n1");
  add("n1", {entry("c1")});
  for (const auto& bytes :
       {""s, "x"s, "\0\x02n1"s, "\xff\xff"s, "\0\0\0\0\xff\xff\xff\xff"s})
    run({"HSET", keys.entries("room"), "c" + bytes, bytes});
  CAF_CHECK_EQUAL(list(), (listing{{"c1", "info"}}));
  run({"HSET", keys.entries("room"), "c1", "rubbish"});
  CAF_CHECK_EQUAL(remove("n1", "c1"), 0u);
  CAF_CHECK_EQUAL(add("n1", {entry("c1")}).made, 1u);
}

CAF_TEST(counts that cannot be read begin anew) {
  renew("n1");
  add("n1", {entry("c1", "ann")});
  for (const auto* count : {"x", "-7", "9223372036854775807"}) {
    run({"HSET", keys.users("room"), "ann", count});
    add("n1", {entry("c2", "ann")});
    CAF_CHECK_EQUAL(counts().users, 1u);
    run({"HSET", keys.users("room"), "ann", count});
    if (count == "x"sv) {
      remove("n1", "c2");
      CAF_CHECK_EQUAL(counts().users, 0u);
    }
    remove("n1", "c2");
  }
}

CAF_TEST_FIXTURE_SCOPE_END()
