#pragma once

#include "cluster/bridge/redis_requests.hpp"
#include "cluster/bus/bus_record.hpp"
#include "tests/cluster/support/lease_rig.hpp"
#include "tests/cluster/support/manual_redis.hpp"

#include <chrono>

namespace rookery::test {

/// A node with a link to the Redis of the rigs. `Part` is its lease book, or an
/// object around one. The test settles and breaks the link, and passes time.
template <class Part>
struct lease_node {
  /// `make` is called with the requests and returns the part.
  template <class Make>
  explicit lease_node(Make make) : part(make(requests)) {}

  void up() {
    link.is_up = true;
    part.link_up(now);
    link.settle();
  }

  /// Breaks the link; commands under way were `carried` or not.
  void down(bool carried = true) {
    part.link_down();
    link.fall(carried);
  }

  void pass(std::chrono::milliseconds time) {
    now += time;
    part.tick(now);
    link.settle();
  }

  std::chrono::steady_clock::time_point now{std::chrono::hours{1}};
  manual_redis link{lease_rig::server().port()};
  bus_record record;
  redis_requests requests{link, "t:", record};
  Part part;
};

} // namespace rookery::test
