#define CAF_SUITE publication_run

#include "actors/message/publication_run.hpp"
#include "tests/actors/support/numbered_publication.hpp"

#include <caf/test/unit_test.hpp>

#include <limits>

using namespace rookery;
using namespace rookery::test;

namespace {

using offsets = std::vector<std::uint64_t>;

constexpr auto largest = std::numeric_limits<std::uint64_t>::max();

struct fixture {
  void append(std::uint64_t first, std::uint64_t last) {
    for (auto offset = first; offset <= last; ++offset)
      run.append(numbered(offset));
  }

  publication_run run;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(publication_run_tests, fixture)

CAF_TEST(an empty run has nothing) {
  CAF_CHECK(run.empty());
  CAF_CHECK_EQUAL(run.size(), 0u);
  CAF_CHECK(run.all().empty());
  CAF_CHECK(run.after(0).empty());
  CAF_CHECK(run.before(largest).empty());
  CAF_CHECK(run.find(0) == nullptr);
}

CAF_TEST(parts of a run are found by offset) {
  append(3, 6);
  CAF_CHECK(offsets_of(run.all()) == (offsets{3, 4, 5, 6}));
  CAF_CHECK(offsets_of(run.after(0)) == (offsets{3, 4, 5, 6}));
  CAF_CHECK(offsets_of(run.after(2)) == (offsets{3, 4, 5, 6}));
  CAF_CHECK(offsets_of(run.after(3)) == (offsets{4, 5, 6}));
  CAF_CHECK(offsets_of(run.after(5)) == offsets{6});
  CAF_CHECK(run.after(6).empty());
  CAF_CHECK(run.after(largest).empty());
  CAF_CHECK(run.before(0).empty());
  CAF_CHECK(run.before(3).empty());
  CAF_CHECK(offsets_of(run.before(4)) == offsets{3});
  CAF_CHECK(offsets_of(run.before(7)) == (offsets{3, 4, 5, 6}));
  CAF_CHECK(offsets_of(run.before(largest)) == (offsets{3, 4, 5, 6}));
}

CAF_TEST(one publication is found by its offset) {
  append(3, 5);
  for (std::uint64_t offset = 3; offset <= 5; ++offset) {
    const auto* found = run.find(offset);
    CAF_REQUIRE(found != nullptr);
    CAF_CHECK_EQUAL(found->offset(), offset);
  }
  for (const auto offset :
       {std::uint64_t{0}, std::uint64_t{2}, std::uint64_t{6}, largest})
    CAF_CHECK(run.find(offset) == nullptr);
}

CAF_TEST(a run takes only publications that follow) {
  CAF_CHECK(run.takes(*numbered(9)));
  run.append(numbered(9));
  CAF_CHECK(run.takes(*numbered(10)));
  CAF_CHECK(!run.takes(*numbered(9)));
  CAF_CHECK(!run.takes(*numbered(11)));
}

CAF_TEST(the oldest goes first and its bytes with it) {
  const auto each = numbered(1)->cost();
  append(1, 3);
  CAF_CHECK_EQUAL(run.bytes(), 3 * each);
  CAF_CHECK_EQUAL(run.drop_oldest(), each);
  CAF_CHECK(offsets_of(run.all()) == (offsets{2, 3}));
  CAF_CHECK_EQUAL(run.bytes(), 2 * each);
  run.drop_oldest();
  run.drop_oldest();
  CAF_CHECK(run.empty());
  CAF_CHECK_EQUAL(run.bytes(), 0u);
}

CAF_TEST(a run that moves on for long stays right) {
  append(1, 10);
  for (std::uint64_t newest = 11; newest < 500; ++newest) {
    run.append(numbered(newest));
    run.drop_oldest();
    CAF_REQUIRE_EQUAL(run.size(), 10u);
    CAF_REQUIRE_EQUAL(run.all().front()->offset(), newest - 9);
    CAF_REQUIRE_EQUAL(run.all().back()->offset(), newest);
  }
}

CAF_TEST(a cleared run starts anywhere) {
  append(1, 5);
  run.clear();
  CAF_CHECK(run.empty());
  CAF_CHECK_EQUAL(run.bytes(), 0u);
  append(70, 71);
  CAF_CHECK(offsets_of(run.all()) == (offsets{70, 71}));
}

CAF_TEST_FIXTURE_SCOPE_END()
