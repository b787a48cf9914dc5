#define CAF_SUITE histogram

#include "apps/rookery-bench/histogram.hpp"

#include <caf/test/unit_test.hpp>

using rookery::bench::histogram;

CAF_TEST(an empty histogram answers zero) {
  const histogram empty;
  CAF_CHECK_EQUAL(empty.count(), 0u);
  CAF_CHECK_EQUAL(empty.percentile(99), 0u);
}

CAF_TEST(small values are exact) {
  histogram values;
  for (std::uint64_t i = 1; i <= 100; ++i)
    values.record(i);
  CAF_CHECK_EQUAL(values.percentile(50), 50u);
  CAF_CHECK_EQUAL(values.percentile(99), 99u);
  CAF_CHECK_EQUAL(values.percentile(100), 100u);
}

CAF_TEST(large values are within one percent and never above the maximum) {
  for (std::uint64_t value : {129ULL, 1'000ULL, 123'456'789ULL, ~0ULL}) {
    histogram values;
    values.record(value - value / 2);
    values.record(value);
    CAF_CHECK_EQUAL(values.max(), value);
    CAF_CHECK_EQUAL(values.percentile(100), value);
    const auto low = values.percentile(50);
    CAF_CHECK_GREATER_OR_EQUAL(low, value - value / 2);
    CAF_CHECK_LESS_OR_EQUAL(low - (value - value / 2), value / 100);
  }
}

CAF_TEST(a cleared histogram starts anew) {
  histogram values;
  values.record(5);
  values.clear();
  CAF_CHECK_EQUAL(values.count(), 0u);
  CAF_CHECK_EQUAL(values.max(), 0u);
}
