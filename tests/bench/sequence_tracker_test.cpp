#define CAF_SUITE sequence_tracker

#include "apps/rookery-bench/sequence_tracker.hpp"

#include <caf/test/unit_test.hpp>

using rookery::bench::sequence_tracker;
using arrival = sequence_tracker::arrival;

CAF_TEST(messages in order are expected) {
  sequence_tracker tracker;
  for (std::uint32_t i = 0; i < 200; ++i)
    CAF_CHECK(tracker.see(i) == arrival::expected);
}

CAF_TEST(a hole is filled late and once) {
  sequence_tracker tracker;
  tracker.see(0);
  CAF_CHECK(tracker.see(3) == arrival::early);
  CAF_CHECK(tracker.see(1) == arrival::late);
  CAF_CHECK(tracker.see(1) == arrival::duplicate);
  CAF_CHECK(tracker.see(2) == arrival::late);
  CAF_CHECK(tracker.see(4) == arrival::expected);
  CAF_CHECK(tracker.see(0) == arrival::duplicate);
}

CAF_TEST(a hole wider than the memory leaves only the latest) {
  sequence_tracker tracker;
  CAF_CHECK(tracker.see(1000) == arrival::early);
  CAF_CHECK(tracker.see(1000) == arrival::duplicate);
  CAF_CHECK(tracker.see(999) == arrival::late);
  CAF_CHECK(tracker.see(1000 - 63) == arrival::late);
  CAF_CHECK(tracker.see(1000 - 64) == arrival::duplicate);
}
