#define CAF_SUITE deafness_probe

#include "cluster/bridge/deafness_probe.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

using verdict = deafness_probe::verdict;

namespace {

struct fixture {
  /// One round in which Redis accepts the mark and nothing comes back.
  verdict silent_round(std::uint64_t mark) {
    probe.start(mark, now);
    probe.answered(mark);
    return probe.judge(mark);
  }

  deafness_probe probe;
  deafness_probe::time_point now;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(deafness_probe_tests, fixture)

CAF_TEST(a mark that comes back is heard and timed) {
  probe.start(1, now);
  CAF_CHECK(probe.returned(1, now + 3ms));
  CAF_CHECK(probe.judge(1) == verdict::heard);
  CAF_CHECK(probe.round_trip() == 3ms);
}

CAF_TEST(the second miss in a row makes the link deaf) {
  CAF_CHECK(silent_round(1) == verdict::missed);
  CAF_CHECK(silent_round(2) == verdict::deaf);
}

CAF_TEST(a mark that comes back forgives an earlier miss) {
  silent_round(1);
  probe.start(2, now);
  CAF_CHECK(probe.returned(2, now));
  CAF_CHECK(silent_round(3) == verdict::missed);
}

CAF_TEST(a mark that Redis has not accepted makes nobody deaf) {
  for (std::uint64_t mark = 1; mark < 5; ++mark) {
    probe.start(mark, now);
    CAF_CHECK(probe.judge(mark) == verdict::missed);
  }
}

CAF_TEST(other marks are not taken for the one under way) {
  CAF_CHECK(!probe.returned(0, now));
  probe.start(2, now);
  CAF_CHECK(!probe.returned(1, now));
  CAF_CHECK(!probe.returned(0, now));
  CAF_CHECK(probe.judge(1) == verdict::stale);
  CAF_CHECK(probe.judge(2) == verdict::missed);
}

CAF_TEST(a reset forgets the mark and the misses) {
  silent_round(1);
  probe.reset();
  CAF_CHECK(probe.judge(1) == verdict::stale);
  CAF_CHECK(!probe.returned(1, now));
  CAF_CHECK(silent_round(2) == verdict::missed);
}

CAF_TEST_FIXTURE_SCOPE_END()
