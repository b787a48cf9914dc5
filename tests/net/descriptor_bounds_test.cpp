#define CAF_SUITE descriptor_bounds
#include "net/descriptor_bounds.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

CAF_TEST(each kind leaves room for the more important ones) {
  const auto bounds = bounds_within(100'000);
  CAF_CHECK_EQUAL(bounds.clients, 99'936u);
  CAF_CHECK_EQUAL(bounds.backends, 99'968u);
  CAF_CHECK_EQUAL(bounds.admin, 99'984u);
}

CAF_TEST(a process with few descriptors keeps a quarter back) {
  const auto bounds = bounds_within(64);
  CAF_CHECK_EQUAL(bounds.clients, 48u);
  CAF_CHECK_EQUAL(bounds.backends, 56u);
  CAF_CHECK_EQUAL(bounds.admin, 60u);
}
