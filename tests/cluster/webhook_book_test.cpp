#define CAF_SUITE webhook_book

#include "cluster/bridge/webhook_book.hpp"
#include "tests/cluster/support/lease_node.hpp"
#include "tests/cluster/support/webhook_rig.hpp"

#include <algorithm>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using strings = webhook_rig::strings;

/// One node with its channels and clients.
struct node : lease_node<webhook_book> {
  explicit node(const std::string& name,
                std::size_t max_gone = webhook_book::usual_gone)
    : lease_node{[&](redis_requests& requests) {
        return webhook_book{requests,
                            make_webhook_kind(redis_keys{"t:"}),
                            name,
                            name,
                            [this] { ++made; },
                            max_gone};
      }} {}

  void settle() { link.settle(); }

  void occupy(const std::string& channel) {
    part.occupy(channel);
    settle();
  }

  void vacate(const std::string& channel) {
    part.vacate(channel);
    settle();
  }

  void enter(const std::string& client) {
    part.enter({client, "u"});
    settle();
  }

  void leave(const std::string& client) {
    part.leave({client, "u", 3000, "bye"});
    settle();
  }

  int made = 0;
};

struct fixture : webhook_rig {
  std::string last() { return events().back(); }

  node n1{"n1"};
  node n2{"n2"};
};

std::string gone(const std::string& client, const std::string& node = "n1") {
  return "disconnect node:" + node + " client:" + client
         + " user:u code:3000 reason:bye";
}

std::string lost(const std::string& client) {
  return "disconnect node:n1 client:" + client + " user:u reason:node lost";
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(webhook_book_tests, fixture)

CAF_TEST(channels and clients make their events once across nodes) {
  n1.up();
  n2.up();
  n1.occupy("room");
  n2.occupy("room");
  n1.enter("c1");
  n1.leave("c1");
  n1.vacate("room");
  n2.vacate("room");
  CAF_CHECK_EQUAL(events(),
                  (strings{"occupied room", gone("c1"), "vacated room"}));
  CAF_CHECK_EQUAL(n1.made, 2);
  CAF_CHECK_EQUAL(n2.made, 1);
}

CAF_TEST(changes before the link is up are sent then) {
  n1.occupy("room");
  n1.occupy("hall");
  n1.vacate("hall");
  n1.enter("c1");
  n1.enter("c2");
  n1.leave("c2");
  n1.up();
  CAF_CHECK_EQUAL(sorted(events()), (strings{gone("c2"), "occupied room"}));
  CAF_CHECK(n1.part.is_told());
}

CAF_TEST(ends while redis is away are sent when it is back) {
  n1.up();
  n1.occupy("room");
  n1.enter("c1");
  n1.down();
  n1.vacate("room");
  n1.leave("c1");
  CAF_CHECK(!n1.part.is_told());
  n1.up();
  CAF_CHECK_EQUAL(sorted(events()),
                  (strings{gone("c1"), "occupied room", "vacated room"}));
  CAF_CHECK(n1.part.is_told());
}

CAF_TEST(an end whose answer was lost is recorded once) {
  for (const auto carried : {true, false}) {
    clear();
    node n{carried ? "n3" : "n4"};
    n.up();
    n.occupy("room");
    n.enter("c1");
    n.part.vacate("room");
    n.part.leave({"c1", "u", 3000, "bye"});
    n.down(carried);
    n.up();
    CAF_CHECK_EQUAL(events().size(), 3u);
    CAF_CHECK(n.part.is_told());
  }
}

CAF_TEST(a survivor ends the entries of a dead node) {
  n1.up();
  n2.up();
  n1.occupy("room");
  n1.occupy("hall");
  n2.occupy("hall");
  n1.enter("c1");
  end_lease("n1");
  n2.pass(14s);
  CAF_CHECK_EQUAL(events().size(), 2u);
  n2.pass(5s);
  CAF_CHECK_EQUAL(sorted(events()), (strings{lost("c1"), "occupied hall",
                                             "occupied room", "vacated room"}));
  CAF_CHECK_EQUAL(n2.made, 1);
}

CAF_TEST(a node that was taken for dead has its channels again) {
  n1.up();
  n2.up();
  n1.occupy("room");
  n1.enter("c1");
  n1.down();
  end_lease("n1");
  n2.pass(15s);
  n1.up();
  CAF_CHECK_EQUAL(last(), "occupied room");
  n1.vacate("room");
  n1.leave("c1");
  CAF_CHECK_EQUAL(sorted(events()),
                  (strings{gone("c1"), lost("c1"), "occupied room",
                           "occupied room", "vacated room", "vacated room"}));
  // The id tells the backend that it knows this disconnect already.
  const auto batch = fetch("n2").batch;
  CAF_CHECK_EQUAL(std::ranges::count(batch.events, "c1", &webhook_event::id),
                  2);
}

CAF_TEST(a redis that has forgotten all is told all) {
  n1.up();
  n1.occupy("room");
  n1.enter("c1");
  n1.enter("c2");
  n1.part.leave({"c2", "u", 3000, "bye"});
  n1.down(false);
  n1.vacate("room");
  n1.occupy("hall");
  clear();
  n1.up();
  CAF_CHECK_EQUAL(sorted(events()),
                  (strings{gone("c2"), "occupied hall", "vacated room"}));
  n1.leave("c1");
  CAF_CHECK_EQUAL(last(), gone("c1"));
}

CAF_TEST(a redis that has gone back is put right) {
  n1.up();
  n1.occupy("room");
  n1.enter("c1");
  n1.vacate("room");
  n1.leave("c1");
  n1.down();
  // Redis has the entries again, and the events have their old ids.
  run({"DEL", keys.webhook_events()});
  run({"HSET", keys.webhook_node("n1"), "oroom", "\"room\"", "dc1",
       "\"client\":\"c1\"", "#", "0"});
  run({"SADD", keys.webhook_channel("room"), "n1"});
  n1.up();
  n1.pass(5s);
  CAF_CHECK_EQUAL(sorted(events()),
                  (strings{"disconnect client:c1", "vacated room"}));
  CAF_CHECK_EQUAL(run({"EXISTS", keys.webhook_channel("room")}), "0");
}

CAF_TEST(a full redis is told when it has room) {
  n1.up();
  n1.occupy("room");
  while_full([&] {
    n1.occupy("hall");
    n1.enter("c1");
    n1.enter("c2");
    n1.leave("c2");
    n1.vacate("room");
  });
  n1.pass(5s);
  CAF_CHECK_EQUAL(sorted(events()), (strings{gone("c2"), "occupied hall",
                                             "occupied room", "vacated room"}));
  n1.leave("c1");
  CAF_CHECK_EQUAL(last(), gone("c1"));
}

CAF_TEST(many entries go in batches) {
  for (auto i = 0; i < 250; ++i)
    n1.part.enter({"c" + std::to_string(i), "u"});
  n1.up();
  CAF_CHECK_EQUAL(run({"HLEN", keys.webhook_node("n1")}), "250");
  for (auto i = 0; i < 250; ++i)
    n1.part.leave({"c" + std::to_string(i), "u", 3000, "bye"});
  n1.settle();
  CAF_CHECK_EQUAL(run({"XLEN", keys.webhook_events()}), "250");
  CAF_CHECK_EQUAL(run({"HLEN", keys.webhook_node("n1")}), "1");
}

CAF_TEST(ends kept while redis is away are bounded and the rest counted) {
  node n{"n3", 10};
  for (auto i = 0; i < 13; ++i) {
    n.enter("c" + std::to_string(i));
    n.leave("c" + std::to_string(i));
  }
  n.up();
  renew("n1");
  CAF_CHECK_EQUAL(run({"XLEN", keys.webhook_events()}), "10");
  CAF_CHECK_EQUAL(fetch("n1").batch.lost, 3u);
}

CAF_TEST_FIXTURE_SCOPE_END()
