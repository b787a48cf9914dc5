#define CAF_SUITE meters

#include "actors/record/meters.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

/// The bucket that `took` falls into.
std::size_t bucket_of(std::chrono::nanoseconds took) {
  latency_histogram sample;
  sample.add(took);
  for (std::size_t i = 0; i < latency_histogram::size; ++i)
    if (sample.count(i) == 1)
      return i;
  return latency_histogram::size;
}

} // namespace

CAF_TEST(a bucket counts the durations up to its limit) {
  CAF_CHECK_EQUAL(bucket_of(-5ns), 0u);
  CAF_CHECK_EQUAL(bucket_of(0ns), 0u);
  CAF_CHECK_EQUAL(bucket_of(1us), 0u);
  CAF_CHECK_EQUAL(bucket_of(1us + 1ns), 1u);
  CAF_CHECK_EQUAL(bucket_of(2us), 1u);
  CAF_CHECK_EQUAL(bucket_of(2us + 1ns), 2u);
  CAF_CHECK_EQUAL(bucket_of(4us), 2u);
  CAF_CHECK_EQUAL(bucket_of(4us + 1ns), 3u);
  for (std::size_t i = 0; i + 1 < latency_histogram::size; ++i) {
    CAF_CHECK_EQUAL(bucket_of(latency_histogram::limit(i)), i);
    CAF_CHECK_EQUAL(bucket_of(latency_histogram::limit(i) + 1ns), i + 1);
  }
}

CAF_TEST(the last bucket holds everything longer) {
  CAF_CHECK_EQUAL(bucket_of(24h), latency_histogram::size - 1);
}

CAF_TEST(histograms add up) {
  latency_histogram one;
  one.add(1us);
  one.add(3us);
  latency_histogram two;
  two.add(1us);
  two += one;
  CAF_CHECK_EQUAL(two.count(0), 2u);
  CAF_CHECK_EQUAL(two.count(2), 1u);
  CAF_CHECK(two.sum() == 5us);
}
