#define CAF_SUITE lease_contract

#include "tests/cluster/support/every_kind.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using namespace rookery;
using namespace rookery::test;
using namespace std::literals;

namespace {

using strings = lease_rig::strings;

const strings nothing;

/// Returns `count` names, sorted.
strings names(int count) {
  strings result;
  for (auto i = 0; i < count; ++i)
    result.push_back("c" + std::to_string(i));
  return sorted(std::move(result));
}

/// Begins entries in as many commands as necessary.
void begin_all(lease_rig& rig, std::string_view node, const strings& all) {
  for (std::size_t at = 0; at < all.size(); at += lease_batch) {
    const auto end = std::min(all.size(), at + lease_batch);
    CAF_REQUIRE(
      rig.begin(node, {all.begin() + at, all.begin() + end}).had_lease);
  }
}

/// Returns the number of keys besides those of the kind.
std::string entry_keys(lease_rig& rig) {
  strings words{"EXISTS"};
  words.insert(words.end(), rig.kind.keys.begin(), rig.kind.keys.end());
  return std::to_string(std::stoi(rig.run({"DBSIZE"}))
                        - std::stoi(rig.run(words)));
}

} // namespace

CAF_TEST(redis knows every script by the digest rookery computes) {
  with_every_kind([](lease_rig& rig) {
    for (const auto* script : rig.scripts) {
      const auto& reply = rig.redis.run({"SCRIPT", "LOAD", script->text()});
      CAF_CHECK_EQUAL(reply.text(0), script->digest());
    }
  });
}

CAF_TEST(a renewal tells whether the lease was alive) {
  with_every_kind([](lease_rig& rig) {
    CAF_CHECK(!rig.renew("n1").had_lease);
    CAF_CHECK(rig.renew("n1").had_lease);
    CAF_CHECK(!rig.renew("n2").had_lease);
    rig.end_lease("n1");
    CAF_CHECK(!rig.renew("n1").had_lease);
    CAF_CHECK(rig.renew("n1").had_lease);
    rig.clear();
    CAF_CHECK(!rig.renew("n1").had_lease);
  });
}

CAF_TEST(a lease lasts as long as was asked for by the clock of redis) {
  with_every_kind([](lease_rig& rig) {
    const auto now = [] {
      const auto time = lease_rig::run({"TIME"});
      return std::stoull(time) * 1000
             + std::stoull(time.substr(time.find(' '))) / 1000;
    };
    const auto before = now();
    rig.renew("n1");
    const auto ends = std::stoull(rig.run({"ZSCORE", rig.kind.keys[0], "n1"}));
    CAF_CHECK(ends >= before + 3'600'000);
    CAF_CHECK(ends <= now() + 3'600'000);
  });
}

CAF_TEST(a node without a lease adds no entry) {
  with_every_kind([](lease_rig& rig) {
    CAF_CHECK(!rig.begin("n1", {"c1"}).had_lease);
    rig.renew("n1");
    rig.end_lease("n1");
    CAF_CHECK(!rig.begin("n1", {"c1"}).had_lease);
    CAF_CHECK_EQUAL(rig.told(), nothing);
    CAF_CHECK_EQUAL(rig.kept(), nothing);
    CAF_CHECK_EQUAL(entry_keys(rig), "0");
  });
}

CAF_TEST(an entry begins once even if it is added again) {
  with_every_kind([](lease_rig& rig) {
    rig.renew("n1");
    const auto result = rig.begin("n1", {"c1", "c2"});
    CAF_CHECK(result.had_lease);
    CAF_CHECK_EQUAL(result.made, 2u);
    CAF_CHECK_EQUAL(rig.begin("n1", {"c1"}).made, 0u);
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "begin c2"}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1", "c2"}));
  });
}

CAF_TEST(an entry ends once and only by its own node) {
  with_every_kind([](lease_rig& rig) {
    rig.renew("n1");
    rig.begin("n1", {"c1", "c2"});
    CAF_CHECK_EQUAL(rig.end("n1", "c1"), 1u);
    CAF_CHECK_EQUAL(rig.end("n1", "c1"), 0u);
    CAF_CHECK_EQUAL(rig.end("n2", "c2"), 0u);
    CAF_CHECK_EQUAL(rig.end("n1", "nobody"), 0u);
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "begin c2", "end c1"}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c2"}));
    CAF_CHECK_EQUAL(rig.renewed_names("n1"), rig.stored_names({"c2"}));
  });
}

CAF_TEST(a node without a lease still removes its entries) {
  with_every_kind([](lease_rig& rig) {
    rig.renew("n1");
    rig.begin("n1", {"c1"});
    rig.end_lease("n1");
    CAF_CHECK_EQUAL(rig.end("n1", "c1"), 1u);
    CAF_CHECK_EQUAL(rig.told(), (strings{"begin c1", "end c1"}));
    CAF_CHECK_EQUAL(rig.kept(), nothing);
  });
}

CAF_TEST(names of nodes and entries may have any bytes) {
  const auto node = "n\0 \n\xff\r\n|1"s;
  const auto name = " a\"\n\xff\r\n|\0"s;
  with_every_kind([&](lease_rig& rig) {
    rig.renew(node);
    CAF_CHECK_EQUAL(rig.begin(node, {name}).made, 1u);
    CAF_CHECK_EQUAL(rig.renewed_names(node), rig.stored_names({name}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{name}));
    rig.end_lease(node);
    CAF_CHECK_EQUAL(rig.sweep("n2"), node + " 1 0");
    CAF_CHECK_EQUAL(rig.told().size(), 2u);
    CAF_CHECK_EQUAL(rig.kept(), nothing);
  });
}

CAF_TEST(renewals name all entries of the node and no others) {
  const auto all = names(1000);
  with_every_kind([&](lease_rig& rig) {
    rig.renew("n1");
    rig.renew("n2");
    begin_all(rig, "n1", all);
    rig.begin("n2", {"other"});
    rig.end("n1", "nobody");
    CAF_CHECK_EQUAL(rig.renewed_names("n1"), rig.stored_names(all));
    CAF_CHECK_EQUAL(rig.renewed_names("n2"), rig.stored_names({"other"}));
  });
}

CAF_TEST(a sweep removes the entries of a dead node and no others) {
  with_every_kind([](lease_rig& rig) {
    for (const auto* node : {"n1", "n2", "n3"})
      rig.renew(node);
    rig.begin("n1", {"c1", "c2"});
    rig.begin("n2", {"c3"});
    CAF_CHECK_EQUAL(rig.sweep("n3"), " 0 0");
    CAF_CHECK_EQUAL(rig.told().size(), 3u);
    rig.end_lease("n1");
    CAF_CHECK_EQUAL(rig.sweep("n3"), "n1 2 0");
    CAF_CHECK_EQUAL(rig.sweep("n3"), " 0 0");
    CAF_CHECK_EQUAL(sorted(rig.told()), (strings{"end c1", "end c2"}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c3"}));
    CAF_CHECK_EQUAL(rig.run({"EXISTS", rig.node_key("n1")}), "0");
    CAF_CHECK_EQUAL(rig.run({"ZCARD", rig.kind.keys[0]}), "2");
  });
}

CAF_TEST(a node does not sweep itself but sweeps all others) {
  with_every_kind([](lease_rig& rig) {
    for (const auto* node : {"n1", "n2", "n3"}) {
      rig.renew(node);
      rig.begin(node, {node});
      rig.end_lease(node);
    }
    CAF_CHECK_EQUAL(rig.sweep("n1"), "n2 1 0");
    CAF_CHECK_EQUAL(rig.sweep("n1"), "n3 1 0");
    CAF_CHECK_EQUAL(rig.sweep("n1"), " 0 0");
    CAF_CHECK_EQUAL(rig.kept(), (strings{"n1"}));
    CAF_CHECK_EQUAL(rig.renewed_names("n1"), rig.stored_names({"n1"}));
  });
}

CAF_TEST(two nodes that sweep at once end each entry once) {
  const auto all = names(500);
  with_every_kind([&](lease_rig& rig) {
    rig.renew("n1");
    rig.renew("n2");
    begin_all(rig, "n1", all);
    CAF_CHECK_EQUAL(rig.told().size(), 500u);
    rig.end_lease("n1");
    redis_client other{rig.server().port()};
    std::string bytes;
    for (auto i = 0; i < 60; ++i)
      append_command(bytes, rig.keys, lease_sweep{rig.kind, "n2", 17});
    rig.redis.send(bytes);
    other.send(bytes);
    std::size_t made = 0;
    for (auto* client : {&rig.redis, &other})
      for (auto i = 0; i < 60; ++i)
        made += read_swept(client->next()).value().made;
    CAF_CHECK_EQUAL(made, 500u);
    auto ends = all;
    for (auto& name : ends)
      name.insert(0, "end ");
    CAF_CHECK_EQUAL(sorted(rig.told()), ends);
    CAF_CHECK_EQUAL(entry_keys(rig), "0");
  });
}

CAF_TEST(a sweep returns the number of entries left) {
  with_every_kind([](lease_rig& rig) {
    rig.renew("n1");
    rig.begin("n1", {"c1", "c2", "c3"});
    rig.end_lease("n1");
    CAF_CHECK_EQUAL(rig.sweep("n2", 2), "n1 2 1");
    CAF_CHECK_EQUAL(rig.sweep("n2", 2), "n1 1 0");
    CAF_CHECK_EQUAL(rig.sweep("n2", 2), " 0 0");
  });
}

CAF_TEST(only the swept entries of a node that comes back begin again) {
  with_every_kind([](lease_rig& rig) {
    rig.renew("n1");
    rig.begin("n1", {"c1", "c2"});
    rig.end_lease("n1");
    CAF_CHECK_EQUAL(rig.sweep("n2", 1), "n1 1 1");
    CAF_CHECK(!rig.renew("n1").had_lease);
    CAF_CHECK_EQUAL(rig.sweep("n2"), " 0 0");
    CAF_CHECK_EQUAL(rig.begin("n1", {"c1", "c2"}).made, 1u);
    const auto told = rig.told();
    CAF_REQUIRE_EQUAL(told.size(), 4u);
    const auto swept = told[2].substr(told[2].find(' '));
    CAF_CHECK_EQUAL(
      told, (strings{"begin c1", "begin c2", "end" + swept, "begin" + swept}));
    CAF_CHECK_EQUAL(rig.kept(), (strings{"c1", "c2"}));
  });
}

CAF_TEST(all keys expire and renewals keep those of all entries) {
  with_every_kind([](lease_rig& rig) {
    rig.renew("n1");
    begin_all(rig, "n1", names(300));
    for (const auto& run : rig.own_commands("n1"))
      run();
    std::vector<std::string> all;
    const auto& reply = rig.redis.run({"KEYS", "*"});
    for (std::size_t at = 1; at < reply.size(); ++at)
      all.emplace_back(reply.text(at));
    CAF_CHECK(all.size() >= 4);
    for (const auto& key : all) {
      CAF_CHECK(rig.life(key) > 90'000);
      rig.redis.run({"PEXPIRE", key, "90000"});
    }
    rig.renewed_names("n1");
    for (const auto& key : all)
      CAF_CHECK(rig.life(key) > 90'000);
  });
}

CAF_TEST(a full redis refuses entries but no renewal and no end) {
  with_every_kind([](lease_rig& rig) {
    rig.renew("n1");
    rig.renew("n2");
    rig.begin("n1", {"c1", "c2"});
    rig.while_full([&] {
      CAF_CHECK(rig.renew("n1").had_lease);
      const auto more = rig.words_of({"c3"});
      CAF_CHECK(!read_added(rig.call(lease_add{rig.kind, "n1", more})));
      CAF_CHECK_EQUAL(rig.end("n1", "c1"), 1u);
      rig.run({"ZREM", rig.kind.keys[0], "n1"});
      CAF_CHECK(!rig.renew("n1").had_lease);
    });
    rig.end_lease("n1");
    rig.while_full([&] { CAF_CHECK_EQUAL(rig.sweep("n2"), "n1 1 0"); });
    CAF_CHECK_EQUAL(rig.told(),
                    (strings{"begin c1", "begin c2", "end c1", "end c2"}));
    CAF_CHECK_EQUAL(rig.kept(), nothing);
  });
}

CAF_TEST(keys of a wrong type are lost and made anew) {
  with_every_kind([](lease_rig& rig) {
    for (const auto& key : rig.keys_of("n1", "c1")) {
      CAF_MESSAGE(key);
      rig.clear();
      auto commands = rig.own_commands("n1");
      commands.push_back([&] { rig.end("n1", "c1"); });
      std::ranges::move(rig.own_commands("n1"), std::back_inserter(commands));
      commands.push_back([&] { rig.sweep("n2"); });
      for (const auto is_leased : {true, false}) {
        rig.spoil(key);
        rig.renew("n1");
        if (!is_leased)
          rig.spoil(key);
        rig.begin("n1", {"c1"});
        for (const auto& run : commands) {
          rig.spoil(key);
          run();
        }
      }
      rig.run({"DEL", rig.kind.keys[0]});
      rig.renew("n1");
      rig.end("n1", "c1");
      CAF_CHECK(rig.begin("n1", {"c1"}).had_lease);
      CAF_CHECK_EQUAL(rig.kept(), (strings{"c1"}));
      CAF_CHECK_EQUAL(rig.end("n1", "c1"), 1u);
    }
  });
}

CAF_TEST(a reply that is no answer is not read) {
  const auto check = [](const redis_reply& reply) {
    CAF_CHECK(!read_renewed(reply));
    CAF_CHECK(!read_added(reply));
    CAF_CHECK(!read_entries_removed(reply));
    CAF_CHECK(!read_swept(reply));
  };
  with_strange_replies(check);
  with_reply("*3\r\n:1\r\n:1\r\n:1\r\n", check);
}
