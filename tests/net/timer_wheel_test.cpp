#define CAF_SUITE timer_wheel
#include "net/timer_wheel.hpp"

#include <caf/test/unit_test.hpp>

#include <functional>
#include <string>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

struct entry final : wheel_entry {
  void expire() override {
    ++expired;
    if (then)
      then();
  }

  int expired = 0;
  std::function<void()> then;
};

struct fixture {
  ~fixture() {
    timer_wheel::cancel(first);
    timer_wheel::cancel(second);
  }

  timer_wheel wheel;
  entry first;
  entry second;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(timer_wheel_tests, fixture)

CAF_TEST(an entry expires once at its tick) {
  wheel.schedule(first, 3);
  wheel.advance(2);
  CAF_CHECK_EQUAL(first.expired, 0);
  wheel.advance(3);
  CAF_CHECK_EQUAL(first.expired, 1);
  wheel.advance(1000);
  CAF_CHECK_EQUAL(first.expired, 1);
}

CAF_TEST(an entry farther away than the wheel has slots waits its laps) {
  wheel.schedule(first, 10'000);
  wheel.advance(9'999);
  CAF_CHECK_EQUAL(first.expired, 0);
  wheel.advance(10'000);
  CAF_CHECK_EQUAL(first.expired, 1);
}

CAF_TEST(scheduling again replaces the earlier moment) {
  wheel.schedule(first, 2);
  wheel.schedule(first, 5);
  wheel.advance(4);
  CAF_CHECK_EQUAL(first.expired, 0);
  wheel.advance(5);
  CAF_CHECK_EQUAL(first.expired, 1);
}

CAF_TEST(a cancelled entry does not expire) {
  wheel.schedule(first, 2);
  timer_wheel::cancel(first);
  timer_wheel::cancel(first);
  wheel.advance(10);
  CAF_CHECK_EQUAL(first.expired, 0);
}

CAF_TEST(an expiring entry may cancel its neighbour and come again) {
  wheel.schedule(first, 1);
  wheel.schedule(second, 1);
  first.then = [&] {
    timer_wheel::cancel(second);
    if (first.expired == 1)
      wheel.schedule(first, 2);
  };
  wheel.advance(1);
  CAF_CHECK_EQUAL(second.expired, 0);
  wheel.advance(2);
  CAF_CHECK_EQUAL(first.expired, 2);
}

CAF_TEST(a moment in the past comes with the next tick) {
  wheel.advance(100);
  wheel.schedule(first, 7);
  wheel.advance(101);
  CAF_CHECK_EQUAL(first.expired, 1);
}

CAF_TEST(a delay is never overrun) {
  wheel.advance(10);
  CAF_CHECK_EQUAL(wheel.after(1s), 14u);
  CAF_CHECK_EQUAL(wheel.after(1100ms), 14u);
  CAF_CHECK_EQUAL(wheel.after(0ms), 11u);
}

CAF_TEST(a late loop expires everything in order) {
  std::string order;
  first.then = [&] { order += "first "; };
  second.then = [&] { order += "second "; };
  wheel.schedule(second, 300);
  wheel.schedule(first, 45);
  wheel.advance(5000);
  CAF_CHECK_EQUAL(order, "first second ");
}

CAF_TEST_FIXTURE_SCOPE_END()
