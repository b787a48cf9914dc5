#define CAF_SUITE webhook_scripts

#include "tests/cluster/support/webhook_rig.hpp"

#include <algorithm>
#include <array>
#include <set>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;

namespace {

using strings = webhook_rig::strings;

const strings nothing;

} // namespace

CAF_TEST_FIXTURE_SCOPE(webhook_scripts_tests, webhook_rig)

CAF_TEST(redis knows every script by the digest we compute) {
  for (const auto* script : webhook_scripts()) {
    const auto& reply = redis.run({"SCRIPT", "LOAD", script->text()});
    CAF_CHECK_EQUAL(reply.text(0), script->digest());
  }
}

CAF_TEST(a renewal tells whether the lease was alive) {
  CAF_CHECK(!renew("n1").had_lease);
  CAF_CHECK(renew("n1").had_lease);
  end_lease("n1");
  CAF_CHECK(!renew("n1").had_lease);
  run({"FLUSHALL"});
  CAF_CHECK(!renew("n1").had_lease);
}

CAF_TEST(nothing is added without a lease) {
  CAF_CHECK(!occupy("n1", "room").had_lease);
  renew("n1");
  end_lease("n1");
  CAF_CHECK(!occupy("n1", "room").had_lease);
  CAF_CHECK_EQUAL(events(), nothing);
}

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

CAF_TEST(what redis has forgotten still ends if it must) {
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

CAF_TEST(an end without a text says what was said at the beginning) {
  renew("n1");
  add("n1", "dc1");
  CAF_CHECK_EQUAL(remove("n1", ++step, {{"dc1", {}, true}}), 1u);
  CAF_CHECK_EQUAL(remove("n1", ++step, {{"dc2", {}, true}}), 0u);
  CAF_CHECK_EQUAL(events(), (strings{"disconnect client:c1"}));
}

CAF_TEST(a renewal names what redis has) {
  renew("n1");
  occupy("n1", "room");
  add("n1", "dc1");
  remove("n1", "dc9");
  auto names = renew("n1").names;
  std::ranges::sort(names);
  CAF_CHECK_EQUAL(names, (strings{"dc1", "oroom"}));
}

CAF_TEST(renewals come by every entry) {
  renew("n1");
  add_clients("n1", 1000);
  std::set<std::string> seen;
  std::uint64_t cursor = 0;
  auto rounds = 0;
  do {
    const auto result = renew("n1", cursor);
    cursor = result.cursor;
    seen.insert(result.names.begin(), result.names.end());
  } while (cursor != 0 && ++rounds < 1000);
  CAF_CHECK_EQUAL(seen.size(), 1000u);
}

CAF_TEST(a sweep ends what a dead node had and nothing else) {
  for (const auto* node : {"n1", "n2"})
    renew(node);
  occupy("n1", "room");
  occupy("n1", "hall");
  occupy("n2", "hall");
  add("n1", "dc1");
  add("n2", "dc2");
  CAF_CHECK_EQUAL(sweep("n2"), " 0 0");
  end_lease("n1");
  CAF_CHECK_EQUAL(sweep("n2"), "n1 2 0");
  CAF_CHECK_EQUAL(sweep("n2"), " 0 0");
  auto made = events();
  made.erase(made.begin(), made.begin() + 2);
  std::ranges::sort(made);
  CAF_CHECK_EQUAL(
    made, (strings{"disconnect client:c1 reason:node lost", "vacated room"}));
  CAF_CHECK_EQUAL(run({"EXISTS", keys.webhook_node("n1")}), "0");
  CAF_CHECK_EQUAL(run({"ZCARD", keys.webhook_leases()}), "1");
}

CAF_TEST(two who sweep at once make each event once) {
  for (const auto* node : {"n1", "n2"})
    renew(node);
  add_clients("n1", 500);
  end_lease("n1");
  redis_client other{server().port()};
  std::string bytes;
  for (auto i = 0; i < 60; ++i)
    append_command(bytes, keys, lease_sweep{kind, "n2", 17});
  redis.send(bytes);
  other.send(bytes);
  std::size_t made = 0;
  for (auto* client : {&redis, &other})
    for (auto i = 0; i < 60; ++i)
      made += read_swept(client->next()).value().made;
  CAF_CHECK_EQUAL(made, 500u);
  CAF_CHECK_EQUAL(run({"XLEN", keys.webhook_events()}), "500");
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

CAF_TEST(who has lost its turn settles nothing) {
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

CAF_TEST(any bytes are kept as they are) {
  const auto name = "o a\"\n\xff\r\n|\0"s;
  renew("n\0\n1"sv);
  add("n\0\n1"sv, name);
  CAF_CHECK_EQUAL(renew("n\0\n1"sv).names, (strings{name}));
}

CAF_TEST(a full redis refuses entries but no renewal no end and no delivery) {
  renew("n1");
  occupy("n1", "room");
  add("n1", "dc1");
  run({"CONFIG", "SET", "maxmemory", "1"});
  CAF_CHECK(renew("n1").had_lease);
  const strings more{"dc2", "x"};
  CAF_CHECK(!read_added(call(lease_add{kind, "n1", more})));
  CAF_CHECK_EQUAL(remove("n1", "dc1"), 1u);
  const auto batch = fetch("n1").batch;
  CAF_CHECK_EQUAL(batch.events.size(), 2u);
  CAF_CHECK(settle("n1", batch));
  run({"CONFIG", "SET", "maxmemory", "0"});
  end_lease("n1");
  run({"CONFIG", "SET", "maxmemory", "1"});
  CAF_CHECK_EQUAL(sweep("n2"), "n1 1 0");
  run({"CONFIG", "SET", "maxmemory", "0"});
}

CAF_TEST(keys of a wrong type are lost and made anew) {
  for (const auto& key : {keys.webhook_leases(), keys.webhook_node("n1"),
                          keys.webhook_channel("room"), keys.webhook_events(),
                          keys.webhook_losses(), keys.webhook_delivery()}) {
    const auto break_it = [&] {
      run({"DEL", key});
      if (key == keys.webhook_delivery())
        run({"SADD", key, "x"});
      else
        run({"SET", key, "x"});
    };
    run({"FLUSHALL"});
    load();
    break_it();
    renew("n1");
    break_it();
    add("n1", "oroom", 1);
    break_it();
    vacate("n1", "room");
    break_it();
    settle("n1", fetch("n1").batch);
    break_it();
    sweep("n2");
    break_it();
    release("n1");
    run({"DEL", key});
    renew("n1");
    CAF_CHECK(occupy("n1", "hall").had_lease);
    CAF_CHECK(fetch("n1").is_ours);
    CAF_CHECK_EQUAL(vacate("n1", "hall"), 1u);
  }
}

CAF_TEST(all keys expire) {
  renew("n1");
  for (auto i = 0; i < 3; ++i)
    add("n1", "oroom" + std::to_string(i), 1);
  settle("n1", fetch("n1").batch);
  occupy("n1", "hall");
  for (const auto& key : {keys.webhook_leases(), keys.webhook_node("n1"),
                          keys.webhook_channel("hall"), keys.webhook_events(),
                          keys.webhook_losses(), keys.webhook_delivery()}) {
    CAF_MESSAGE(key);
    CAF_CHECK(std::stol(run({"PTTL", key})) > 0);
  }
}

CAF_TEST_FIXTURE_SCOPE_END()

CAF_TEST(what is no answer is not read) {
  for (const auto* bytes :
       {"-ERR no\r\n", "$-1\r\n", "+OK\r\n", ":-2\r\n", "*1\r\n:2\r\n",
        "*2\r\n:1\r\n$1\r\nx\r\n", "*2\r\n:-1\r\n:1\r\n", "*2\r\n*0\r\n*0\r\n",
        "*3\r\n:1\r\n:1\r\n$1\r\nx\r\n", "*3\r\n$1\r\nn\r\n:1\r\n$1\r\n1\r\n",
        "*4\r\n:1\r\n:1\r\n:1\r\n$1\r\n1\r\n"}) {
    redis_parser parser{{}};
    parser.feed(bytes);
    CAF_REQUIRE(parser.next() == redis_parser::result::reply);
    CAF_CHECK(!read_renewed(parser.current()));
    CAF_CHECK(!read_added(parser.current()));
    CAF_CHECK(!read_entries_removed(parser.current()));
    CAF_CHECK(!read_swept(parser.current()));
    CAF_CHECK(!read_webhooks_fetched(parser.current()));
    CAF_CHECK(!read_webhooks_done(parser.current()));
  }
}
