#define CAF_SUITE backoff

#include "cluster/shared/backoff.hpp"

#include <caf/test/unit_test.hpp>

#include <vector>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

std::vector<backoff::duration> take(backoff& from, int count) {
  std::vector<backoff::duration> result;
  for (auto i = 0; i < count; ++i)
    result.push_back(from.next());
  return result;
}

using pauses = std::vector<backoff::duration>;

} // namespace

CAF_TEST(pauses double from a tenth of a second to one second) {
  backoff steady{[] { return 0.0; }};
  CAF_CHECK(take(steady, 6)
            == (pauses{100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}));
}

CAF_TEST(jitter lengthens a pause by up to a quarter and never shortens it) {
  backoff late{[] { return 0.999; }};
  CAF_CHECK(take(late, 5) == (pauses{124ms, 249ms, 499ms, 999ms, 1249ms}));
}

CAF_TEST(a reset starts again with the shortest pause) {
  backoff steady{[] { return 0.0; }};
  take(steady, 4);
  steady.reset();
  CAF_CHECK(steady.next() == 100ms);
}

CAF_TEST(there are never more than ten attempts in a second) {
  backoff eager{[] { return 0.0; }};
  auto at = 0ms;
  auto attempts = 0;
  while ((at += eager.next()) <= 1000ms)
    ++attempts;
  CAF_CHECK(attempts <= 10);
  CAF_CHECK(attempts >= 3);
}
