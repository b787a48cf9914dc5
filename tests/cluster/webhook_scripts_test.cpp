#define CAF_SUITE webhook_scripts

#include "tests/cluster/support/webhook_rig.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace rookery;
using namespace rookery::test;

namespace {

using strings = webhook_rig::strings;

const strings nothing;

} // namespace

CAF_TEST_FIXTURE_SCOPE(webhook_scripts_tests, webhook_rig)

CAF_TEST(a channel is occupied with its first node and vacated with its last) {
  for (const auto* node : {"n1", "n2"})
    renew(node);
  CAF_CHECK_EQUAL(occupy("n1", "room").made, 1u);
  CAF_CHECK_EQUAL(occupy("n1", "room").made, 0u);
  CAF_CHECK_EQUAL(occupy("n2", "room").made, 0u);
  CAF_CHECK_EQUAL(vacate("n1", "room"), 0u);
  CAF_CHECK_EQUAL(vacate("n1", "room"), 0u);
  CAF_CHECK_EQUAL(vacate("n2", "room"), 1u);
  CAF_CHECK_EQUAL(vacate("n2", "room"), 0u);
  CAF_CHECK_EQUAL(occupy("n2", "room").made, 1u);
  CAF_CHECK_EQUAL(events(),
                  (strings{"occupied room", "vacated room", "occupied room"}));
}

CAF_TEST(a client makes an event when it is gone) {
  renew("n1");
  CAF_CHECK_EQUAL(add("n1", "dc1").made, 0u);
  CAF_CHECK_EQUAL(remove("n1", "dc1"), 1u);
  CAF_CHECK_EQUAL(remove("n1", "dc1"), 0u);
  CAF_CHECK_EQUAL(events(), (strings{"disconnect client:c1"}));
  const auto batch = fetch("n1").batch;
  CAF_REQUIRE_EQUAL(batch.events.size(), 1u);
  CAF_CHECK_EQUAL(batch.events[0].id, "c1");
  CAF_CHECK(batch.events[0].time > 1'600'000'000'000);
  CAF_CHECK_EQUAL(batch.events[0].text, R"("type":"disconnect","client":"c1")");
}

CAF_TEST(an entry that redis has forgotten still ends if it must) {
  CAF_CHECK_EQUAL(remove("n1", "dc1"), 0u);
  CAF_CHECK_EQUAL(remove("n1", "dc1", true), 1u);
  CAF_CHECK_EQUAL(remove("n1", "oroom", true), 1u);
  renew("n2");
  occupy("n2", "room");
  CAF_CHECK_EQUAL(remove("n1", "oroom", true), 0u);
  CAF_CHECK_EQUAL(events(), (strings{"disconnect client:c1", "vacated room",
                                     "occupied room"}));
}

CAF_TEST(a step that is sent again is made once) {
  renew("n1");
  const std::vector<lease_end> ends{{"dc1", "\"client\":\"c1\"", true}};
  CAF_CHECK_EQUAL(remove("n1", 7, ends, 3), 1u);
  CAF_CHECK_EQUAL(remove("n1", 7, ends, 3), 0u);
  CAF_CHECK_EQUAL(fetch("n1").batch.lost, 3u);
  CAF_CHECK_EQUAL(remove("n1", 8, ends), 1u);
}

CAF_TEST(an end without a text repeats the text of the beginning) {
  renew("n1");
  add("n1", "dc1");
  CAF_CHECK_EQUAL(remove("n1", ++step, {{"dc1", {}, true}}), 1u);
  CAF_CHECK_EQUAL(remove("n1", ++step, {{"dc2", {}, true}}), 0u);
  CAF_CHECK_EQUAL(events(), (strings{"disconnect client:c1"}));
}

CAF_TEST(a renewal names channels and clients) {
  renew("n1");
  occupy("n1", "room");
  add("n1", "dc1");
  remove("n1", "dc9");
  CAF_CHECK_EQUAL(renewed_names("n1"), (strings{"dc1", "oroom"}));
}

CAF_TEST(
  a sweep vacates channels without a node and says why clients are gone) {
  for (const auto* node : {"n1", "n2"})
    renew(node);
  occupy("n1", "room");
  occupy("n1", "hall");
  occupy("n2", "hall");
  add("n1", "dc1");
  add("n2", "dc2");
  end_lease("n1");
  CAF_CHECK_EQUAL(sweep("n2"), "n1 2 0");
  auto made = events();
  made.erase(made.begin(), made.begin() + 2);
  std::ranges::sort(made);
  CAF_CHECK_EQUAL(
    made, (strings{"disconnect client:c1 reason:node lost", "vacated room"}));
}

CAF_TEST(one node at a time takes events out) {
  for (const auto* node : {"n1", "n2"})
    renew(node);
  occupy("n1", "room");
  CAF_CHECK(fetch("n2").is_ours);
  CAF_CHECK(!fetch("n1").is_ours);
  CAF_CHECK(!release("n1"));
  CAF_CHECK(release("n2"));
  CAF_CHECK(fetch("n1").is_ours);
  CAF_CHECK(!fetch("n2").is_ours);
  end_lease("n1");
  CAF_CHECK(!fetch("n1").is_ours);
  CAF_CHECK(fetch("n2").is_ours);
}

CAF_TEST(events stay until they are settled) {
  renew("n1");
  occupy("n1", "a");
  occupy("n1", "b");
  occupy("n1", "c");
  auto first = fetch("n1", 2).batch;
  CAF_REQUIRE_EQUAL(first.events.size(), 2u);
  CAF_CHECK(first.events == fetch("n1", 2).batch.events);
  CAF_CHECK(settle("n1", first));
  CAF_CHECK(settle("n1", first));
  CAF_CHECK_EQUAL(events(), (strings{"occupied c"}));
}

CAF_TEST(a node that has lost its turn settles no events) {
  for (const auto* node : {"n1", "n2"})
    renew(node);
  occupy("n1", "room");
  const auto batch = fetch("n1").batch;
  end_lease("n1");
  fetch("n2");
  CAF_CHECK(!settle("n1", batch));
  CAF_CHECK_EQUAL(events(), (strings{"occupied room"}));
}

CAF_TEST(a batch has no more bytes than asked for but one event at least) {
  renew("n1");
  for (auto i = 0; i < 5; ++i)
    occupy("n1", "room" + std::to_string(i));
  const auto size = fetch("n1").batch.events[0].text.size();
  CAF_CHECK_EQUAL(fetch("n1", 100, 2 * size).batch.events.size(), 2u);
  CAF_CHECK_EQUAL(fetch("n1", 100, 0).batch.events.size(), 1u);
}

CAF_TEST(beyond the bound the oldest are dropped and counted) {
  renew("n1");
  for (auto i = 0; i < 5; ++i)
    add("n1", "oroom" + std::to_string(i), 3);
  CAF_CHECK_EQUAL(
    events(), (strings{"occupied room2", "occupied room3", "occupied room4"}));
  auto batch = fetch("n1").batch;
  CAF_CHECK_EQUAL(batch.lost, 2u);
  remove("n1", ++step, {{"oroom0", "\"room0\"", false}}, 0, 3);
  CAF_CHECK(settle("n1", batch));
  CAF_CHECK_EQUAL(fetch("n1").batch.lost, 1u);
  CAF_CHECK(settle("n1", fetch("n1").batch));
  CAF_CHECK_EQUAL(fetch("n1").batch.lost, 0u);
}

CAF_TEST(a full redis still delivers and records the ends of clients) {
  renew("n1");
  occupy("n1", "room");
  add("n1", "dc1");
  while_full([&] {
    CAF_CHECK_EQUAL(remove("n1", "dc1"), 1u);
    const auto batch = fetch("n1").batch;
    CAF_CHECK_EQUAL(batch.events.size(), 2u);
    CAF_CHECK(settle("n1", batch));
  });
}

CAF_TEST(
  events are delivered and lost ones counted after keys of a wrong type) {
  for (const auto& key : keys_of("n1", "room")) {
    CAF_MESSAGE(key);
    clear();
    renew("n1");
    for (const auto* name : {"oroom", "ohall"})
      add("n1", name, 1);
    CAF_CHECK(settle("n1", fetch("n1").batch));
    spoil(key);
    renew("n1");
    for (const auto* name : {"oroom1", "oroom2"})
      add("n1", name, 1);
    spoil(key);
    renew("n1");
    CAF_CHECK(fetch("n1").is_ours);
    CAF_CHECK(occupy("n1", "room3").had_lease);
    const auto batch = fetch("n1").batch;
    CAF_REQUIRE(!batch.events.empty());
    CAF_CHECK_EQUAL(batch.events.back().text,
                    R"("type":"occupied","channel":"room3")");
    CAF_CHECK(settle("n1", batch));
    CAF_CHECK_EQUAL(events(), nothing);
    CAF_CHECK_EQUAL(vacate("n1", "room3"), 1u);
  }
}

CAF_TEST(all keys expire) {
  renew("n1");
  for (auto i = 0; i < 3; ++i)
    add("n1", "oroom" + std::to_string(i), 1);
  settle("n1", fetch("n1").batch);
  occupy("n1", "hall");
  for (const auto& key : keys_of("n1", "hall")) {
    CAF_MESSAGE(key);
    CAF_CHECK(life(key) > 0);
  }
}

CAF_TEST_FIXTURE_SCOPE_END()

CAF_TEST(a reply that is no answer about events is not read) {
  with_strange_replies([](const redis_reply& reply) {
    CAF_CHECK(!read_webhooks_fetched(reply));
    CAF_CHECK(!read_webhooks_done(reply));
  });
}
