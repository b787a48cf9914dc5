#define CAF_SUITE empty_position

#include "cluster/memory/stream_store.hpp"
#include "tests/cluster/support/history_maker.hpp"

#include <caf/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

/// A store with room for three positions.
struct fixture {
  void publish(std::string_view channel) {
    store.publish(draft(channel, "x"), {10, 60s}, {}, now);
  }

  stream_position top(std::string_view channel) {
    return store.read(channel, {}, now).top;
  }

  stream_store::time_point now = stream_store::time_point{} + 1h;
  int epochs = 0;
  std::string used; // the channel with subscribers
  stream_store store{
    {1'000'000, 3, 0},
    [this] { return "epoch00" + std::to_string(++epochs); },
    [this](std::string_view channel) { return channel == used; }};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(empty_position_tests, fixture)

CAF_TEST(a position is kept for minutes until the first publication) {
  CAF_CHECK(top("a") == (stream_position{0, "epoch001"}));
  top("b");
  now += empty_position_ttl - 1s;
  publish("b");
  CAF_CHECK(!store.expire(now, 9));
  now += 1s;
  CAF_CHECK(store.expire(now, 1));
  CAF_CHECK(!store.expire(now, 9));
  CAF_CHECK_EQUAL(store.positions(), 1u);
  CAF_CHECK(top("a") == (stream_position{0, "epoch003"}));
  now += position_ttl - 2s;
  CAF_CHECK(top("b") == (stream_position{1, "epoch002"}));
}

CAF_TEST(the position of a channel in use lasts until minutes after that) {
  used = "a";
  top("a");
  for (int i = 0; i < 5; ++i) {
    now += empty_position_ttl;
    CAF_CHECK(store.expire(now, 1));
    CAF_CHECK(!store.expire(now, 1));
  }
  now += empty_position_ttl;
  CAF_CHECK(top("a") == (stream_position{0, "epoch001"}));
  now += empty_position_ttl;
  store.release("a", now);
  used.clear();
  now += empty_position_ttl - 1s;
  CAF_CHECK(top("a") == (stream_position{0, "epoch001"}));
  now += empty_position_ttl;
  CAF_CHECK(top("a") == (stream_position{0, "epoch002"}));
}

CAF_TEST(names that nobody publishes to displace no history) {
  publish("a");
  publish("b");
  for (const auto* name : {"1", "2", "3", "4"})
    top(name);
  CAF_CHECK_EQUAL(store.positions(), 3u);
  CAF_CHECK(top("a") == (stream_position{1, "epoch001"}));
  CAF_CHECK(top("b") == (stream_position{1, "epoch002"}));
}

CAF_TEST_FIXTURE_SCOPE_END()
