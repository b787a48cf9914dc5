#define CAF_SUITE presence_scripts

#include "cluster/bridge/presence_scripts.hpp"
#include "tests/cluster/support/presence_rig.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <array>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;

namespace {

using listing = presence_rig::listing;
using strings = presence_rig::strings;

const listing nobody;
const strings silence;

} // namespace

CAF_TEST_FIXTURE_SCOPE(presence_scripts_tests, presence_rig)

CAF_TEST(redis knows every script by the digest we compute) {
  for (const auto* script : presence_scripts()) {
    const auto& reply = redis.run({"SCRIPT", "LOAD", script->text()});
    CAF_CHECK_EQUAL(reply.text(0), script->digest());
  }
}

CAF_TEST(a renewal tells whether the lease was alive) {
  CAF_CHECK(!renew("n1").had_lease);
  CAF_CHECK(renew("n1").had_lease);
  CAF_CHECK(!renew("n2").had_lease);
  end_lease("n1");
  CAF_CHECK(!renew("n1").had_lease);
  CAF_CHECK(renew("n1").had_lease);
  run({"FLUSHALL"});
  CAF_CHECK(!renew("n1").had_lease);
}

CAF_TEST(a lease lasts as long as was asked for by the clock of redis) {
  const auto now = [] {
    const auto time = run({"TIME"});
    return std::stoull(time) * 1000
           + std::stoull(time.substr(time.find(' '))) / 1000;
  };
  const auto before = now();
  renew("n1");
  const auto ends = std::stoull(run({"ZSCORE", keys.leases(), "n1"}));
  CAF_CHECK(ends >= before + 3'600'000);
  CAF_CHECK(ends <= now() + 3'600'000);
}

CAF_TEST(nothing is added without a lease) {
  CAF_CHECK(!add("n1", {entry("c1")}).had_lease);
  renew("n1");
  end_lease("n1");
  CAF_CHECK(!add("n1", {entry("c1")}).had_lease);
  CAF_CHECK_EQUAL(heard(), silence);
  CAF_CHECK(counts() == presence_counts{});
}

CAF_TEST(an entry that is new is a join) {
  renew("n1");
  const auto result = add("n1", {entry("c1"), entry("c2", "bob")});
  CAF_CHECK(result.had_lease);
  CAF_CHECK_EQUAL(result.made, 2u);
  CAF_CHECK_EQUAL(add("n1", {entry("c1")}).made, 0u);
  CAF_CHECK_EQUAL(heard(), (strings{"join", "join"}));
  CAF_CHECK_EQUAL(list(), (listing{{"c1", "info"}, {"c2", "info"}}));
}

CAF_TEST(an entry without messages joins and leaves in silence) {
  renew("n1");
  add("n1", {{"room", "c1", "ann", "info", "", ""}});
  remove("n1", "c1");
  CAF_CHECK_EQUAL(heard(), silence);
  CAF_CHECK_EQUAL(list(), nobody);
}

CAF_TEST(an entry that is added again shows what is new) {
  renew("n1");
  add("n1", {entry("c1")});
  add("n1", {{"room", "c1", "bob", "other", "join", "bye"}});
  CAF_CHECK_EQUAL(list(), (listing{{"c1", "other"}}));
  CAF_CHECK(counts() == (presence_counts{1, 1}));
  CAF_CHECK_EQUAL(remove("n1", "c1"), 1u);
  CAF_CHECK_EQUAL(heard(), (strings{"join", "bye"}));
  CAF_CHECK(counts() == presence_counts{});
}

CAF_TEST(only who really removes an entry publishes its leave) {
  renew("n1");
  add("n1", {entry("c1"), entry("c2")});
  CAF_CHECK_EQUAL(remove("n1", "c1"), 1u);
  CAF_CHECK_EQUAL(remove("n1", "c1"), 0u);
  CAF_CHECK_EQUAL(remove("n2", "c2"), 0u);
  CAF_CHECK_EQUAL(remove("n1", "nobody"), 0u);
  CAF_CHECK_EQUAL(heard(), (strings{"join", "join", "leave"}));
  CAF_CHECK_EQUAL(list(), (listing{{"c2", "info"}}));
  CAF_CHECK_EQUAL(run({"SMEMBERS", keys.node_entries("n1")}), "room\nc2");
}

CAF_TEST(a node without a lease still removes its entries) {
  renew("n1");
  add("n1", {entry("c1")});
  end_lease("n1");
  CAF_CHECK_EQUAL(remove("n1", "c1"), 1u);
  CAF_CHECK_EQUAL(heard(), (strings{"join", "leave"}));
}

CAF_TEST(any bytes are kept and published as they are) {
  const auto bytes = "a\0\n\xff\r\n|"sv;
  renew(bytes);
  add(bytes, {{"room", bytes, bytes, bytes, bytes, bytes}});
  const std::string all{bytes};
  CAF_CHECK_EQUAL(list(), (listing{{all, all}}));
  run({"ZADD", keys.leases(), "XX", "1", all});
  CAF_CHECK_EQUAL(sweep("n2"), all + " 1 0");
  CAF_CHECK_EQUAL(heard(), (strings{all, all}));
  CAF_CHECK(counts() == presence_counts{});
}

CAF_TEST(users with several clients count once) {
  renew("n1");
  renew("n2");
  add("n1", {entry("c1", "ann"), entry("c2", "bob"), entry("c3", "")});
  add("n2", {entry("c4", "ann"), entry("c5", "")});
  CAF_CHECK(counts() == (presence_counts{5, 3}));
  remove("n1", "c1");
  remove("n1", "c3");
  CAF_CHECK(counts() == (presence_counts{3, 3}));
  remove("n2", "c4");
  remove("n2", "c5");
  CAF_CHECK(counts() == (presence_counts{1, 1}));
  CAF_CHECK(counts("empty") == presence_counts{});
}

CAF_TEST(only entries of nodes that are alive are listed) {
  renew("n1");
  renew("n2");
  add("n1", {entry("c1"), entry("c2")});
  add("n2", {entry("c3")});
  end_lease("n1");
  CAF_CHECK_EQUAL(list(), (listing{{"c3", "info"}}));
  run({"ZREM", keys.leases(), "n2"});
  CAF_CHECK_EQUAL(list(), nobody);
  renew("n1");
  CAF_CHECK_EQUAL(list(), (listing{{"c1", "info"}, {"c2", "info"}}));
}

CAF_TEST(a listing has no more entries and bytes than asked for) {
  renew("n1");
  std::vector<std::string> clients;
  for (auto i = 0; i < 50; ++i)
    clients.push_back(std::to_string(i));
  std::vector<presence_entry> entries;
  for (const auto& client : clients)
    entries.push_back(entry(client));
  add("n1", entries);
  CAF_CHECK_EQUAL(list().size(), 50u);
  CAF_CHECK_EQUAL(list("room", 7).size(), 7u);
  CAF_CHECK_EQUAL(list("room", 0).size(), 0u);
  CAF_CHECK_EQUAL(list("room", 50, 41).size(), 10u);
  CAF_CHECK_EQUAL(list("room", 50, 0).size(), 1u);
  CAF_CHECK_EQUAL(list("empty").size(), 0u);
}

CAF_TEST(a sweep removes the entries of a dead node and nothing else) {
  for (const auto* node : {"n1", "n2", "n3"})
    renew(node);
  add("n1", {entry("c1"), {"hall", "c1", "ann", "info", "join", "leave"}});
  add("n2", {entry("c2")});
  CAF_CHECK_EQUAL(sweep("n3"), " 0 0");
  end_lease("n1");
  CAF_CHECK_EQUAL(sweep("n3"), "n1 2 0");
  CAF_CHECK_EQUAL(sweep("n3"), " 0 0");
  CAF_CHECK_EQUAL(heard(), (strings{"join", "join", "leave"}));
  CAF_CHECK_EQUAL(list(), (listing{{"c2", "info"}}));
  CAF_CHECK(counts("hall") == presence_counts{});
  CAF_CHECK_EQUAL(run({"EXISTS", keys.node_entries("n1"), keys.entries("hall"),
                       keys.users("hall")}),
                  "0");
  CAF_CHECK_EQUAL(run({"ZCARD", keys.leases()}), "2");
}

CAF_TEST(a node does not sweep itself but sweeps all others) {
  for (const auto* node : {"n1", "n2", "n3"}) {
    renew(node);
    add(node, {entry(node)});
    end_lease(node);
  }
  CAF_CHECK_EQUAL(sweep("n1"), "n2 1 0");
  CAF_CHECK_EQUAL(sweep("n1"), "n3 1 0");
  CAF_CHECK_EQUAL(sweep("n1"), " 0 0");
  renew("n1");
  CAF_CHECK_EQUAL(list(), (listing{{"n1", "info"}}));
}

CAF_TEST(two who sweep at once give each leave once) {
  renew("n1");
  renew("n2");
  std::vector<std::string> clients;
  for (auto i = 0; i < 100; ++i)
    clients.push_back("c" + std::to_string(i));
  std::vector<presence_entry> entries;
  for (const auto& client : clients)
    entries.push_back({"room", client, client, "info", {}, client});
  for (auto i = 0; i < 100; ++i)
    CAF_REQUIRE(add("n1", {entries[i]}).had_lease);
  end_lease("n1");
  redis_client other{server().port()};
  std::string bytes;
  for (auto i = 0; i < 20; ++i)
    append_command(bytes, keys, lease_sweep{kind, "n2", 7});
  redis.send(bytes);
  other.send(bytes);
  std::size_t removed = 0;
  for (auto* client : {&redis, &other})
    for (auto i = 0; i < 20; ++i)
      removed += read_swept(client->next()).value().made;
  CAF_CHECK_EQUAL(removed, 100u);
  auto leaves = heard();
  std::sort(leaves.begin(), leaves.end());
  std::sort(clients.begin(), clients.end());
  CAF_CHECK_EQUAL(leaves, clients);
  CAF_CHECK_EQUAL(run({"DBSIZE"}), "1");
}

CAF_TEST(a sweep says how many entries are left) {
  renew("n1");
  add("n1", {entry("c1"), entry("c2"), entry("c3")});
  end_lease("n1");
  CAF_CHECK_EQUAL(sweep("n2", 2), "n1 2 1");
  CAF_CHECK_EQUAL(sweep("n2", 2), "n1 1 0");
  CAF_CHECK_EQUAL(sweep("n2", 2), " 0 0");
}

CAF_TEST(a node that comes back adds its entries and only the swept join) {
  renew("n1");
  add("n1", {entry("c1"), entry("c2")});
  end_lease("n1");
  sweep("n2", 1);
  CAF_CHECK(!renew("n1").had_lease);
  CAF_CHECK_EQUAL(sweep("n2"), " 0 0");
  CAF_CHECK_EQUAL(add("n1", {entry("c1"), entry("c2")}).made, 1u);
  CAF_CHECK_EQUAL(heard(), (strings{"join", "join", "leave", "join"}));
  CAF_CHECK(counts() == (presence_counts{2, 1}));
}

CAF_TEST(an entry that went to another node stays when the first one dies) {
  renew("n1");
  renew("n2");
  add("n1", {entry("c1")});
  CAF_CHECK_EQUAL(add("n2", {entry("c1")}).made, 0u);
  CAF_CHECK_EQUAL(run({"EXISTS", keys.node_entries("n1")}), "0");
  run({"SADD", keys.node_entries("n1"), "room\nc1", "room\nc9", "rubbish"});
  end_lease("n1");
  CAF_CHECK_EQUAL(sweep("n3"), "n1 0 0");
  CAF_CHECK_EQUAL(heard(), (strings{"join"}));
  CAF_CHECK_EQUAL(list(), (listing{{"c1", "info"}}));
}

CAF_TEST_FIXTURE_SCOPE_END()

CAF_TEST(what is no answer is not read) {
  for (const auto* bytes :
       {"-ERR no\r\n", "$-1\r\n", "+OK\r\n", ":-2\r\n", "*1\r\n:1\r\n",
        "*2\r\n:1\r\n$1\r\nx\r\n", "*2\r\n:-1\r\n:1\r\n", "*2\r\n*0\r\n*0\r\n",
        "*3\r\n:1\r\n:1\r\n:1\r\n", "*3\r\n$1\r\nn\r\n:1\r\n$1\r\n1\r\n",
        "*3\r\n$1\r\nn\r\n:-1\r\n:1\r\n",
        "*3\r\n$1\r\na\r\n$1\r\nb\r\n:1\r\n"}) {
    redis_parser parser{{}};
    parser.feed(bytes);
    CAF_REQUIRE(parser.next() == redis_parser::result::reply);
    CAF_CHECK(!read_renewed(parser.current()));
    CAF_CHECK(!read_added(parser.current()));
    CAF_CHECK(!read_entries_removed(parser.current()));
    CAF_CHECK(!read_swept(parser.current()));
    CAF_CHECK(!read_listing(parser.current()));
    CAF_CHECK(!read_counts(parser.current()));
  }
}
