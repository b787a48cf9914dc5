#define CAF_SUITE presence_scripts

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
using strings = presence_rig::strings;

const listing nobody;
const strings silence;

} // namespace

CAF_TEST_FIXTURE_SCOPE(presence_scripts_tests, presence_rig)

CAF_TEST(an entry without messages joins and leaves in silence) {
  renew("n1");
  add("n1", {{"room", "c1", "ann", "info", "", ""}});
  remove("n1", "c1");
  CAF_CHECK_EQUAL(heard(), silence);
  CAF_CHECK_EQUAL(list(), nobody);
}

CAF_TEST(an entry that is added again shows its new info) {
  renew("n1");
  add("n1", {entry("c1")});
  add("n1", {{"room", "c1", "bob", "other", "join", "bye"}});
  CAF_CHECK_EQUAL(list(), (listing{{"c1", "other"}}));
  CAF_CHECK(counts() == (presence_counts{1, 1}));
  CAF_CHECK_EQUAL(remove("n1", "c1"), 1u);
  CAF_CHECK_EQUAL(heard(), (strings{"join", "bye"}));
  CAF_CHECK(counts() == presence_counts{});
}

CAF_TEST(entries may have any bytes and are published as they are) {
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

CAF_TEST(a sweep leaves nothing of the channels of a dead node) {
  for (const auto* node : {"n1", "n2"})
    renew(node);
  add("n1", {entry("c1"), {"hall", "c1", "ann", "info", "join", "leave"}});
  add("n2", {entry("c2")});
  end_lease("n1");
  CAF_CHECK_EQUAL(sweep("n2"), "n1 2 0");
  CAF_CHECK_EQUAL(heard(), (strings{"join", "join", "leave"}));
  CAF_CHECK_EQUAL(list(), (listing{{"c2", "info"}}));
  CAF_CHECK(counts("hall") == presence_counts{});
  CAF_CHECK_EQUAL(run({"EXISTS", keys.entries("hall"), keys.users("hall")}),
                  "0");
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

CAF_TEST(a reply that is neither a listing nor counts is not read) {
  const auto check = [](const redis_reply& reply) {
    CAF_CHECK(!read_listing(reply));
    CAF_CHECK(!read_counts(reply));
  };
  with_strange_replies(check);
  with_reply("*3\r\n:1\r\n:1\r\n:1\r\n", check);
}
