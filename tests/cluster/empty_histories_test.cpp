#define CAF_SUITE empty_histories

#include "cluster/bridge/empty_histories.hpp"
#include "tests/cluster/support/history_rig.hpp"
#include "tests/cluster/support/manual_redis.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

/// The channel `room` has a subscriber and an empty history.
struct fixture : history_rig {
  fixture() {
    fan.add(want{"room", 0, 1, {}});
    read({});
    empty.note("room", now);
  }

  bool is_renewed() {
    run({"PEXPIRE", position, "50000"});
    now += empty_histories::interval;
    CAF_CHECK(!empty.renew(now));
    link.settle();
    return std::stol(run({"PTTL", position})) > 50'000;
  }

  manual_redis link{server().port()};
  bus_record record;
  redis_requests requests{link, "t:", record};
  fan_out fan{1 << 20};
  empty_histories empty{requests, fan};
  empty_histories::time_point now{};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(empty_histories_tests, fixture)

CAF_TEST(positions of channels with subscribers are renewed again and again) {
  for (int i = 0; i < 3; ++i)
    CAF_CHECK(is_renewed());
}

CAF_TEST(a position is renewed once in its time) {
  empty.note("room", now);
  CAF_CHECK(is_renewed());
  run({"PEXPIRE", position, "50000"});
  CAF_CHECK(!empty.renew(now));
  CAF_CHECK(!empty.renew(now + empty_histories::interval - 1s));
  link.settle();
  CAF_CHECK(std::stol(run({"PTTL", position})) <= 50'000);
}

CAF_TEST(it ends with the first publication) {
  publish("a", "id");
  CAF_CHECK(!is_renewed());
  CAF_CHECK(!is_renewed());
}

CAF_TEST(it ends with the last subscriber) {
  fan.remove(unwant{"room", 0, 1});
  fan.forget("room");
  CAF_CHECK(!is_renewed());
  empty.note("room", now);
  CAF_CHECK(!is_renewed());
}

CAF_TEST(it goes on after the link was away) {
  link.is_up = false;
  CAF_CHECK(!is_renewed());
  link.is_up = true;
  CAF_CHECK(is_renewed());
}

CAF_TEST(many are renewed some at a time) {
  constexpr auto count = empty_histories::at_a_time + 5;
  for (std::size_t i = 0; i < count; ++i) {
    const auto name = std::to_string(i);
    fan.add(want{name, 0, 1, {}});
    empty.note(name, now);
  }
  now += empty_histories::interval;
  CAF_CHECK(empty.renew(now));
  CAF_CHECK_EQUAL(link.unanswered(), empty_histories::at_a_time);
  CAF_CHECK(!empty.renew(now));
  CAF_CHECK_EQUAL(link.unanswered(), count + 1);
  link.settle();
}

CAF_TEST_FIXTURE_SCOPE_END()
