#define CAF_SUITE sequence_tracker

#include "apps/rookery-bench/sequence_tracker.hpp"

#include <caf/test/unit_test.hpp>

using rookery::bench::sequence_tracker;
using verdict = sequence_tracker::verdict;

CAF_TEST(messages in order are expected) {
  sequence_tracker tracker;
  for (std::uint32_t i = 0; i < 200; ++i)
    CAF_CHECK(tracker.see(i) == verdict::expected);
}

CAF_TEST(a hole is filled late and once) {
  sequence_tracker tracker;
  tracker.see(0);
  CAF_CHECK(tracker.see(3) == verdict::early);
  CAF_CHECK(tracker.see(1) == verdict::late);
  CAF_CHECK(tracker.see(1) == verdict::duplicate);
  CAF_CHECK(tracker.see(2) == verdict::late);
  CAF_CHECK(tracker.see(4) == verdict::expected);
  CAF_CHECK(tracker.see(0) == verdict::duplicate);
}

CAF_TEST(a hole wider than the memory leaves only the latest) {
  sequence_tracker tracker;
  CAF_CHECK(tracker.see(1000) == verdict::early);
  CAF_CHECK(tracker.see(1000) == verdict::duplicate);
  CAF_CHECK(tracker.see(999) == verdict::late);
  CAF_CHECK(tracker.see(1000 - 63) == verdict::late);
  CAF_CHECK(tracker.see(1000 - 64) == verdict::duplicate);
}
