#define CAF_SUITE token_bucket

#include "actors/runtime/token_bucket.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

constexpr token_bucket::time_point start{1000s};

std::size_t taken(token_bucket& from, token_bucket::time_point now,
                  act_rate rate) {
  std::size_t result = 0;
  while (result < 10'000 && from.take(now, rate))
    ++result;
  return result;
}

} // namespace

CAF_TEST(a full bucket holds the acts of ten seconds) {
  token_bucket bucket;
  CAF_CHECK(bucket.is_full(start));
  CAF_CHECK_EQUAL(taken(bucket, start, {5}), 50u);
  CAF_CHECK(!bucket.is_full(start));
  CAF_CHECK(!bucket.has_token(start, {5}));
}

CAF_TEST(tokens come back at the rate and no more than fit) {
  token_bucket bucket;
  taken(bucket, start, {5});
  CAF_CHECK_EQUAL(taken(bucket, start + 199ms, {5}), 0u);
  CAF_CHECK_EQUAL(taken(bucket, start + 200ms, {5}), 1u);
  CAF_CHECK_EQUAL(taken(bucket, start + 2s, {5}), 9u);
  CAF_CHECK(!bucket.is_full(start + 11s));
  CAF_CHECK(bucket.is_full(start + 12s));
  CAF_CHECK_EQUAL(taken(bucket, start + 1h, {5}), 50u);
}

CAF_TEST(a window of its own bounds the acts at once) {
  token_bucket bucket;
  CAF_CHECK_EQUAL(taken(bucket, start, {5, 30s}), 150u);
}

CAF_TEST(a debt is paid before there are tokens again) {
  token_bucket bucket;
  bucket.spend(start, {5}, 60);
  CAF_CHECK(!bucket.has_token(start, {5}));
  CAF_CHECK(!bucket.has_token(start + 2199ms, {5}));
  CAF_CHECK_EQUAL(taken(bucket, start + 2200ms, {5}), 1u);
}

CAF_TEST(a debt at a high rate is as long as the sum of its acts) {
  token_bucket bucket;
  constexpr act_rate gigabyte{1 << 30};
  for (int i = 0; i < 11 * 1024; ++i)
    bucket.spend(start, gigabyte, 1 << 20);
  CAF_CHECK(!bucket.has_token(start + 999ms, gigabyte));
  CAF_CHECK(bucket.has_token(start + 1001ms, gigabyte));
}

CAF_TEST(without a rate there is no limit) {
  token_bucket bucket;
  CAF_CHECK_EQUAL(taken(bucket, start, {}), 10'000u);
  CAF_CHECK(bucket.is_full(start));
}
