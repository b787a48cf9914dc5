#define CAF_SUITE journal_ring

#include "actors/record/journal_ring.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

using numbers = std::vector<std::uint64_t>;

struct fixture {
  void add(const journal_note& what) { ring.add(what, moment{}); }

  numbers found(const journal_query& query) const {
    numbers result;
    for (const auto& each : ring.list(query).entries)
      result.push_back(each.number);
    return result;
  }

  void add_samples() {
    add({journal_kind::connected, 1, "ann", {}, "127.0.0.1"});
    add({journal_kind::subscribed, 1, "ann", "chat"});
    add({journal_kind::connected, 2, "bob"});
    add(
      {journal_kind::refused, 2, "bob", "chat", {}, 103, "permission denied"});
    add({journal_kind::gap, 0, {}, "chat"});
  }

  journal_ring ring;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(journal_ring_tests, fixture)

CAF_TEST(an empty journal has no entries) {
  const auto page = ring.list({});
  CAF_CHECK(page.entries.empty());
  CAF_CHECK_EQUAL(page.last, 0u);
}

CAF_TEST(everything that is noted is told) {
  const moment at{std::chrono::milliseconds{1'790'000'000'123}};
  ring.add({journal_kind::refused, 91, "ann", "vip", "127.0.0.1", 103,
            "permission denied"},
           at);
  const auto page = ring.list({});
  CAF_REQUIRE_EQUAL(page.entries.size(), 1u);
  const auto& entry = page.entries.front();
  CAF_CHECK_EQUAL(entry.number, 1u);
  CAF_CHECK(entry.at == at);
  CAF_CHECK(entry.what == journal_kind::refused);
  CAF_CHECK_EQUAL(entry.connection, 91u);
  CAF_CHECK_EQUAL(entry.user, "ann");
  CAF_CHECK_EQUAL(entry.channel, "vip");
  CAF_CHECK_EQUAL(entry.remote_address, "127.0.0.1");
  CAF_CHECK_EQUAL(entry.code, 103u);
  CAF_CHECK_EQUAL(entry.reason, "permission denied");
}

CAF_TEST(entries are chosen by everything a query names) {
  add_samples();
  CAF_CHECK_EQUAL(found({}), (numbers{1, 2, 3, 4, 5}));
  journal_query query;
  query.user = "ann";
  CAF_CHECK_EQUAL(found(query), (numbers{1, 2}));
  query = {};
  query.channel = "chat";
  CAF_CHECK_EQUAL(found(query), (numbers{2, 4, 5}));
  query.what = "refused";
  CAF_CHECK_EQUAL(found(query), numbers{4});
  query = {};
  query.connection = 2;
  CAF_CHECK_EQUAL(found(query), (numbers{3, 4}));
  query.what = "no such thing";
  CAF_CHECK(found(query).empty());
}

CAF_TEST(of many the newest are told and the oldest first) {
  add_samples();
  journal_query query;
  query.limit = 2;
  CAF_CHECK_EQUAL(found(query), (numbers{4, 5}));
  query.what = "connected";
  query.limit = 1;
  CAF_CHECK_EQUAL(found(query), numbers{3});
}

CAF_TEST(a query goes on behind the last entry it has seen) {
  add_samples();
  journal_query query;
  query.after = 3;
  query.user = "bob";
  CAF_CHECK_EQUAL(found(query), numbers{4});
  query.after = ring.list({}).last;
  CAF_CHECK_EQUAL(query.after, 5u);
  CAF_CHECK(found(query).empty());
  add({journal_kind::closed, 2, "bob"});
  CAF_CHECK_EQUAL(found(query), numbers{6});
}

CAF_TEST(the oldest entries give way) {
  constexpr auto many = journal_ring::capacity + 10;
  for (std::size_t i = 0; i < many; ++i)
    add({journal_kind::connected, i + 1});
  journal_query query;
  query.limit = 100'000;
  const auto page = ring.list(query);
  CAF_REQUIRE_EQUAL(page.entries.size(), journal_ring::capacity);
  CAF_CHECK_EQUAL(page.entries.front().number, 11u);
  CAF_CHECK_EQUAL(page.entries.front().connection, 11u);
  CAF_CHECK_EQUAL(page.entries.back().number, many);
  CAF_CHECK_EQUAL(page.last, many);
}

CAF_TEST(channels push no clients out) {
  add({journal_kind::refused, 0, {}, "vip"});
  for (std::size_t i = 0; i < journal_ring::capacity + 10; ++i)
    add({journal_kind::gap, 0, {}, "chat"});
  add({journal_kind::closed, 1, "ann"});
  journal_query query;
  query.what = "refused";
  CAF_CHECK_EQUAL(found(query), numbers{1});
  query = {};
  query.limit = 3;
  constexpr auto last = journal_ring::capacity + 12;
  CAF_CHECK_EQUAL(found(query), (numbers{last - 2, last - 1, last}));
  query.what = "gap";
  query.limit = 100'000;
  const auto gaps = found(query);
  CAF_REQUIRE_EQUAL(gaps.size(), journal_ring::capacity);
  CAF_CHECK_EQUAL(gaps.front(), 12u);
}

CAF_TEST_FIXTURE_SCOPE_END()
