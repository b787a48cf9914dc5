#define CAF_SUITE ledger_ring

#include "actors/channel/channel_ledger.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

using numbers = std::vector<std::uint64_t>;

struct fixture {
  static handled_publication numbered(std::uint64_t number) {
    handled_publication result;
    result.number = number;
    return result;
  }

  numbers kept() const {
    numbers result;
    for (std::size_t i = 0; i < ring.size(); ++i)
      result.push_back(ring[i]);
    return result;
  }

  void push(std::uint64_t first, std::uint64_t last) {
    for (auto i = first; i <= last; ++i)
      ring.push(i, budget);
  }

  ledger_budget budget{1000};
  ledger_ring<std::uint64_t> ring;
};

moment second(int n) {
  return moment{std::chrono::seconds{1'000'000 + n}};
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(ledger_ring_tests, fixture)

CAF_TEST(a ring without entries takes nothing) {
  CAF_CHECK_EQUAL(ring.size(), 0u);
  CAF_CHECK_EQUAL(budget.used(), 0u);
}

CAF_TEST(a ring grows by doubling up to its bound) {
  push(1, 4);
  CAF_CHECK_EQUAL(budget.used(), 4 * sizeof(std::uint64_t));
  push(5, 5);
  CAF_CHECK_EQUAL(budget.used(), 8 * sizeof(std::uint64_t));
  push(6, 200);
  CAF_CHECK_EQUAL(budget.used(), 64 * sizeof(std::uint64_t));
  const auto all = kept();
  CAF_REQUIRE_EQUAL(all.size(), 64u);
  CAF_CHECK_EQUAL(all.front(), 137u);
  CAF_CHECK_EQUAL(all.back(), 200u);
  for (std::size_t i = 1; i < all.size(); ++i)
    CAF_CHECK_EQUAL(all[i], all[i - 1] + 1);
}

CAF_TEST(growing keeps the order of a ring that has wrapped) {
  ledger_budget small{4 * sizeof(std::uint64_t)};
  for (std::uint64_t i = 1; i <= 6; ++i)
    ring.push(i, small);
  CAF_CHECK_EQUAL(kept(), (numbers{3, 4, 5, 6}));
  small.give_back(small.used());
  small = ledger_budget{1000};
  CAF_REQUIRE(small.take(4 * sizeof(std::uint64_t)));
  ring.push(7, small);
  CAF_CHECK_EQUAL(kept(), (numbers{3, 4, 5, 6, 7}));
}

CAF_TEST(without budget a ring wraps where it is) {
  ledger_budget small{9 * sizeof(std::uint64_t)};
  for (std::uint64_t i = 1; i <= 20; ++i)
    ring.push(i, small);
  CAF_CHECK_EQUAL(kept(), (numbers{13, 14, 15, 16, 17, 18, 19, 20}));
  ledger_ring<std::uint64_t> late;
  late.push(1, small);
  CAF_CHECK_EQUAL(late.size(), 0u);
}

CAF_TEST(a ring gives its memory back) {
  push(1, 100);
  ring.release(budget);
  CAF_CHECK_EQUAL(budget.used(), 0u);
  CAF_CHECK_EQUAL(ring.size(), 0u);
}

CAF_TEST(a ledger gives back the memory of its rings) {
  {
    channel_ledger ledger{budget};
    ledger.note(numbered(1));
    ledger.mark(1, {}, mark_kind::gap, 0, "overflow");
    CAF_CHECK(budget.used() > 0);
  }
  CAF_CHECK_EQUAL(budget.used(), 0u);
}

CAF_TEST(numbers are whole again when they are read) {
  constexpr auto last = (std::uint64_t{1} << 33) + 1;
  channel_ledger ledger{budget};
  for (auto number = last - 3; number <= last; ++number)
    ledger.note(numbered(number));
  ledger.mark(last - 2, {}, mark_kind::joined, 7, "");
  ledger_page page;
  ledger.copy_to(page, last);
  CAF_REQUIRE_EQUAL(page.publications.size(), 4u);
  CAF_CHECK_EQUAL(page.publications.front().number, last - 3);
  CAF_CHECK_EQUAL(page.publications.back().number, last);
  CAF_CHECK_EQUAL(page.marks.front().number, last - 2);
}

CAF_TEST(everything that is noted is told) {
  ledger_budget large{100'000};
  channel_ledger ledger{large};
  const handled_publication noted{3, 41, second(5), 11, true, 10, 2};
  ledger.note(noted);
  ledger.mark(3, second(6), mark_kind::dropped, 91, "slow_consumer");
  ledger_page page;
  ledger.copy_to(page, 3);
  const auto& told = page.publications.front();
  CAF_CHECK_EQUAL(told.number, 3u);
  CAF_CHECK_EQUAL(told.offset, 41u);
  CAF_CHECK(told.at == second(5));
  CAF_CHECK_EQUAL(told.bytes, 11u);
  CAF_CHECK(told.is_repaired);
  CAF_CHECK_EQUAL(told.members, 10u);
  CAF_CHECK_EQUAL(told.dropped, 2u);
  const auto& mark = page.marks.front();
  CAF_CHECK(mark.at == second(6));
  CAF_CHECK(mark.what == mark_kind::dropped);
  CAF_CHECK_EQUAL(mark.connection, 91u);
  CAF_CHECK_EQUAL(mark.detail, "slow_consumer");
}

CAF_TEST(the rate is that of the last complete second) {
  channel_ledger ledger{budget};
  const auto publish = [&](int at, int count) {
    for (int i = 0; i < count; ++i) {
      auto what = numbered(1);
      what.at = second(at);
      ledger.note(what);
    }
  };
  publish(1, 5);
  CAF_CHECK_EQUAL(ledger.per_second(second(1)), 0u);
  CAF_CHECK_EQUAL(ledger.per_second(second(2)), 5u);
  publish(2, 3);
  CAF_CHECK_EQUAL(ledger.per_second(second(2)), 5u);
  CAF_CHECK_EQUAL(ledger.per_second(second(3)), 3u);
  CAF_CHECK_EQUAL(ledger.per_second(second(4)), 0u);
  publish(9, 1);
  CAF_CHECK_EQUAL(ledger.per_second(second(9)), 0u);
}

CAF_TEST_FIXTURE_SCOPE_END()
