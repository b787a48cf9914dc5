#define CAF_SUITE redis_presence

#include "cluster/bridge/redis_presence.hpp"
#include "tests/cluster/support/manual_redis.hpp"
#include "tests/cluster/support/presence_rig.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

/// One node with its link.
struct node {
  explicit node(const std::string& name, lease_times times = {})
    : link{presence_rig::server().port()},
      requests{link, "t:", record},
      presence{requests, pages, redis_keys{"t:"}, name, times} {}

  void up() {
    link.is_up = true;
    presence.link_up(now);
    link.settle();
  }

  void down(bool carried) {
    presence.link_down();
    link.fall(carried);
  }

  void pass(std::chrono::milliseconds time) {
    now += time;
    presence.tick(now);
    link.settle();
  }

  void enter(const std::string& client, bool tells = true) {
    presence.enter({"room", {client, {"ann", {}, {}}}, tells});
  }

  void leave(const std::string& client) {
    presence.leave({"room", client, true});
  }

  redis_presence::time_point now{1h};
  manual_redis link;
  bus_record record;
  redis_requests requests;
  page_reads pages{8};
  redis_presence presence;
};

struct fixture : presence_rig {
  node n1{"n1"};
  node n2{"n2"};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(redis_presence_tests, fixture)

CAF_TEST(entries are sent at once or with the next answer) {
  n1.up();
  n1.enter("c1");
  n1.enter("c2");
  CAF_CHECK_EQUAL(n1.link.unanswered(), 1u);
  n1.link.settle();
  CAF_CHECK(counts() == (presence_counts{2, 1}));
  CAF_CHECK_EQUAL(heard().size(), 2u);
}

CAF_TEST(a lease is as long as asked and is renewed as often) {
  node slow{"slow", {1min, 2min}};
  slow.up();
  const auto ends = [&] { return run({"ZSCORE", keys.leases(), "slow"}); };
  const auto first = std::stoll(ends());
  const auto wall = std::chrono::system_clock::now().time_since_epoch();
  const auto length = std::chrono::milliseconds{first} - wall;
  CAF_CHECK(length > 110s && length <= 121s);
  run({"ZADD", keys.leases(), "XX", "1", "slow"});
  slow.pass(59s);
  CAF_CHECK_EQUAL(ends(), "1");
  slow.pass(2s);
  CAF_CHECK(ends() != "1");
}

CAF_TEST(a client that comes and goes costs no more commands than redis takes) {
  n1.up();
  for (int i = 0; i < 1'000; ++i) {
    n1.enter("c1");
    n1.leave("c1");
  }
  CAF_CHECK(n1.link.unanswered() <= 2);
  n1.enter("c1");
  n1.link.settle();
  CAF_CHECK(counts() == (presence_counts{1, 1}));
  CAF_CHECK_EQUAL(list().size(), 1u);
}

CAF_TEST(silent entries are counted and not told) {
  n1.up();
  n1.enter("c1", false);
  n1.link.settle();
  CAF_CHECK(counts() == (presence_counts{1, 1}));
  n1.leave("c1");
  n1.link.settle();
  CAF_CHECK(counts() == presence_counts{});
  CAF_CHECK(heard().empty());
}

CAF_TEST(entries from before the link are sent in batches) {
  for (auto i = 0; i < 250; ++i)
    n1.enter("c" + std::to_string(i));
  n1.leave("c7");
  n1.up();
  CAF_CHECK(counts() == (presence_counts{249, 1}));
  CAF_CHECK_EQUAL(heard().size(), 249u);
}

CAF_TEST(a client that is back before redis is told has never left) {
  n1.up();
  n1.enter("c1");
  n1.link.settle();
  n1.leave("c1");
  n1.down(false);
  n1.enter("c1");
  n1.up();
  CAF_CHECK_EQUAL(list().size(), 1u);
  CAF_CHECK_EQUAL(heard().size(), 1u);
}

CAF_TEST(a client that is back after redis was told joins again) {
  n1.up();
  n1.enter("c1");
  n1.link.settle();
  n1.leave("c1");
  n1.down(true);
  n1.enter("c1");
  n1.up();
  CAF_CHECK_EQUAL(list().size(), 1u);
  CAF_CHECK_EQUAL(heard().size(), 3u);
}

CAF_TEST(a client that leaves while redis is away is removed after it) {
  n1.up();
  n1.enter("c1");
  n1.link.settle();
  n1.down(false);
  n1.leave("c1");
  n1.up();
  CAF_CHECK_EQUAL(list().size(), 0u);
  CAF_CHECK_EQUAL(heard().size(), 2u);
}

CAF_TEST(a redis that has gone back is put right) {
  n1.up();
  n1.enter("c1");
  n1.enter("c2");
  n1.leave("c2");
  n1.link.settle();
  // Redis has the entry again.
  add("n1", {entry("c2")});
  n1.pass(5s);
  CAF_CHECK_EQUAL(list().size(), 1u);
  CAF_CHECK_EQUAL(run({"SMEMBERS", keys.node_entries("n1")}), "room\nc1");
}

CAF_TEST(a survivor removes the clients of a dead node) {
  n1.up();
  n2.up();
  n1.enter("c1");
  n1.link.settle();
  end_lease("n1");
  n2.pass(14s);
  CAF_CHECK(counts() == (presence_counts{1, 1}));
  n2.pass(5s);
  CAF_CHECK(counts() == presence_counts{});
  CAF_CHECK_EQUAL(heard().size(), 2u);
}

CAF_TEST_FIXTURE_SCOPE_END()
