#define CAF_SUITE redis_presence

#include "cluster/bridge/redis_presence.hpp"
#include "tests/cluster/support/lease_node.hpp"
#include "tests/cluster/support/presence_rig.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct reads {
  page_reads pages{8};
};

/// One node with its presence.
struct node : reads, lease_node<redis_presence> {
  explicit node(const std::string& name, lease_times times = {})
    : lease_node{[&](redis_requests& requests) {
        return redis_presence{requests, pages, redis_keys{"t:"}, name, times};
      }} {}

  void enter(const std::string& client, bool tells = true) {
    part.enter({"room", {client, {"ann", {}, {}}}, tells});
    link.settle();
  }

  void leave(const std::string& client) {
    part.leave({"room", client, true});
    link.settle();
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(redis_presence_tests, presence_rig)

CAF_TEST(clients enter and leave with a message each) {
  node n1{"n1"};
  n1.up();
  n1.enter("c1");
  n1.enter("c2");
  n1.enter("c1");
  CAF_CHECK(counts() == (presence_counts{2, 1}));
  CAF_CHECK_EQUAL(told(), (strings{"begin c1", "begin c2"}));
  n1.leave("c1");
  CAF_CHECK(counts() == (presence_counts{1, 1}));
  CAF_CHECK_EQUAL(told(), (strings{"end c1"}));
}

CAF_TEST(silent entries are counted and not told) {
  node n1{"n1"};
  n1.up();
  n1.enter("c1", false);
  CAF_CHECK(counts() == (presence_counts{1, 1}));
  n1.leave("c1");
  CAF_CHECK(counts() == presence_counts{});
  CAF_CHECK(heard().empty());
}

CAF_TEST(the lease of a node lasts as long as its settings say) {
  node slow{"slow", {1min, 2min}};
  slow.up();
  const auto ends = std::stoll(run({"ZSCORE", keys.leases(), "slow"}));
  const auto wall = std::chrono::system_clock::now().time_since_epoch();
  const auto length = std::chrono::milliseconds{ends} - wall;
  CAF_CHECK(length > 110s && length <= 121s);
}

CAF_TEST_FIXTURE_SCOPE_END()
