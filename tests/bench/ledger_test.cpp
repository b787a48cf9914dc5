#define CAF_SUITE ledger

#include "apps/rookery-bench/ledger.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using rookery::bench::ledger;
using rookery::bench::stamp;

namespace {

constexpr std::uint32_t run = 42;

std::string payload_of(const stamp& mark) {
  std::string payload(stamp::size, 'x');
  mark.write(std::span<char, stamp::size>{payload.data(), stamp::size});
  return payload;
}

// Two channels of two members and one publisher each.
struct fixture {
  ledger account{{.channels = 2, .members = 2, .publishers = 1, .window = 2},
                 run};

  std::string publish(std::uint32_t publisher = 0, std::uint64_t time = 0) {
    return payload_of(account.sent(publisher, time));
  }

  auto receive(std::uint32_t member, std::string_view payload,
               std::uint64_t now = 0, bool timed = true) {
    return account.received(member, payload, now, timed);
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(ledger_tests, fixture)

CAF_TEST(every member is expected to receive every publication) {
  const auto first = publish();
  receive(0, first);
  CAF_CHECK_EQUAL(account.sums().expected, 2u);
  CAF_CHECK_EQUAL(account.sums().received, 1u);
}

CAF_TEST(the window reopens when the last member has received) {
  const auto first = publish();
  CAF_CHECK(account.has_room(0));
  const auto second = publish();
  CAF_CHECK(!account.has_room(0));
  CAF_CHECK(account.has_room(1));
  CAF_CHECK_EQUAL(receive(0, first), ledger::nobody);
  CAF_CHECK_EQUAL(receive(1, first), 0u);
  CAF_CHECK(account.has_room(0));
}

CAF_TEST(a second delivery is a duplicate and opens nothing) {
  const auto first = publish();
  receive(0, first);
  CAF_CHECK_EQUAL(receive(0, first), ledger::nobody);
  CAF_CHECK_EQUAL(account.sums().duplicated, 1u);
  CAF_CHECK_EQUAL(account.sums().received, 1u);
}

CAF_TEST(a late delivery is out of order but received) {
  const auto first = publish();
  const auto second = publish();
  receive(0, second);
  receive(0, first);
  CAF_CHECK_EQUAL(account.sums().out_of_order, 1u);
  CAF_CHECK_EQUAL(account.sums().received, 2u);
}

CAF_TEST(messages of other channels and publishers are foreign) {
  const auto first = publish();
  receive(2, first);
  receive(0, payload_of({.run = run, .publisher = 9}));
  receive(0, payload_of({.run = run, .publisher = 0, .sequence = 1}));
  CAF_CHECK_EQUAL(account.sums().foreign, 3u);
  CAF_CHECK_EQUAL(account.sums().received, 0u);
}

CAF_TEST(other runs and unstamped messages are passed over) {
  publish();
  receive(0, payload_of({.run = run + 1}));
  receive(0, "welcome");
  CAF_CHECK_EQUAL(account.sums().foreign, 0u);
  CAF_CHECK_EQUAL(account.sums().received, 0u);
}

CAF_TEST(latency counts messages published while measuring) {
  const auto before = publish(0, 100);
  account.start_measuring(200);
  const auto within = publish(0, 200);
  receive(0, before, 250);
  receive(0, within, 260);
  receive(1, within, 290, false);
  CAF_CHECK_EQUAL(account.latency().count(), 1u);
  CAF_CHECK_EQUAL(account.latency().max(), 60u);
}

CAF_TEST(forgotten messages are no longer in flight and count as lost) {
  const auto first = publish();
  publish();
  account.forget_in_flight();
  CAF_CHECK(account.has_room(0));
  CAF_CHECK_EQUAL(receive(0, first), ledger::nobody);
  CAF_CHECK_EQUAL(account.sums().expected - account.sums().received, 3u);
}

CAF_TEST_FIXTURE_SCOPE_END()
