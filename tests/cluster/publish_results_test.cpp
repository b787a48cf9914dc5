#define CAF_SUITE publish_results

#include "cluster/memory/publish_results.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

struct fixture {
  void keep(std::string_view channel, const idempotency_key& key,
            std::uint64_t offset = 1) {
    results.keep(channel, key, {offset, "epoch"}, now);
  }

  bool knows(std::string_view channel, std::string_view key) {
    return results.find(channel, {std::string{key}, 1s}, now) != nullptr;
  }

  publish_results results{3};
  publish_results::time_point now;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(publish_results_tests, fixture)

CAF_TEST(a result is found under its key) {
  CAF_CHECK(!knows("a", "key"));
  keep("a", {"key", 5s}, 7);
  const auto* found = results.find("a", {"key", 1s}, now);
  CAF_REQUIRE(found != nullptr);
  CAF_CHECK(*found == (stream_position{7, "epoch"}));
}

CAF_TEST(a key counts in its channel only) {
  keep("a", {"bc", 5s});
  CAF_CHECK(knows("a", "bc"));
  CAF_CHECK(!knows("ab", "c"));
  CAF_CHECK(!knows("b", "bc"));
}

CAF_TEST(a key counts until its ttl is over) {
  keep("a", {"key", 5s});
  now += 5s - 1ms;
  CAF_CHECK(knows("a", "key"));
  now += 1ms;
  CAF_CHECK(!knows("a", "key"));
  keep("a", {"key", 5s}, 2);
  CAF_CHECK_EQUAL(results.size(), 1u);
  now += 5s - 1ms;
  CAF_CHECK(knows("a", "key"));
}

CAF_TEST(without key or ttl nothing is known) {
  keep("a", {"", 5s});
  keep("a", {"key", 0s});
  CAF_CHECK_EQUAL(results.size(), 0u);
  keep("a", {"key", 5s});
  CAF_CHECK(results.find("a", {"key", 0s}, now) == nullptr);
}

CAF_TEST(a ttl beyond the range of the clock never ends) {
  keep("a", {"key", std::chrono::milliseconds::max()});
  now += 24h * 365;
  CAF_CHECK(knows("a", "key"));
}

CAF_TEST(the oldest is lost when there are too many) {
  keep("a", {"1", 5s});
  keep("a", {"2", 1s});
  keep("a", {"3", 5s});
  keep("a", {"4", 5s});
  CAF_CHECK_EQUAL(results.size(), 3u);
  CAF_CHECK(!knows("a", "1"));
  CAF_CHECK(knows("a", "2"));
  CAF_CHECK(knows("a", "4"));
}

CAF_TEST(a key that is used again is as old as its last result) {
  keep("a", {"1", 1s});
  keep("a", {"2", 5s});
  now += 1s;
  keep("a", {"1", 5s});
  keep("a", {"3", 5s});
  keep("a", {"4", 5s});
  CAF_CHECK(knows("a", "1"));
  CAF_CHECK(!knows("a", "2"));
}

CAF_TEST(results that are over go one by one in the order of their age) {
  keep("a", {"1", 1s});
  keep("a", {"2", 9s});
  keep("a", {"3", 1s});
  CAF_CHECK(!results.expire_one(now));
  now += 1s;
  CAF_CHECK(results.expire_one(now));
  CAF_CHECK(!results.expire_one(now));
  CAF_CHECK(knows("a", "2"));
  now += 8s;
  CAF_CHECK(results.expire_one(now));
  CAF_CHECK(results.expire_one(now));
  CAF_CHECK(!results.expire_one(now));
  CAF_CHECK_EQUAL(results.size(), 0u);
}

CAF_TEST(without room nothing is kept) {
  publish_results none{0};
  none.keep("a", {"key", 5s}, {1, "epoch"}, now);
  CAF_CHECK(none.find("a", {"key", 5s}, now) == nullptr);
}

CAF_TEST_FIXTURE_SCOPE_END()
