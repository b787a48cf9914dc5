#define CAF_SUITE recent_publications

#include "actors/channel/recent_publications.hpp"
#include "tests/actors/support/numbered_publication.hpp"

#include <caf/test/unit_test.hpp>

#include <memory>

using namespace rookery;
using namespace rookery::test;

namespace {

using offsets = std::vector<std::uint64_t>;

struct fixture {
  static void append(recent_publications& to, std::uint64_t first,
                     std::uint64_t last) {
    for (auto offset = first; offset <= last; ++offset)
      to.append(numbered(offset));
  }

  static bool has(recent_publications& memory, std::uint64_t since,
                  const offsets& wanted) {
    const auto found = memory.since(since);
    return found && offsets_of(*found) == wanted;
  }

  const std::size_t each = numbered(1)->cost();
  recent_budget budget{6 * each};
  recent_publications lobby{budget};
  recent_publications arena{budget};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(recent_publications_tests, fixture)

CAF_TEST(publications after an offset are remembered) {
  append(lobby, 5, 8);
  CAF_CHECK(has(lobby, 4, {5, 6, 7, 8}));
  CAF_CHECK(has(lobby, 6, {7, 8}));
  CAF_CHECK(has(lobby, 8, {}));
  CAF_CHECK(!lobby.since(3));
  CAF_CHECK(!lobby.since(9));
}

CAF_TEST(an empty memory knows nothing) {
  CAF_CHECK(!lobby.since(0));
  append(lobby, 1, 3);
  CAF_CHECK(has(lobby, 0, {1, 2, 3}));
  lobby.clear();
  CAF_CHECK(!lobby.since(0));
  CAF_CHECK(!lobby.since(3));
  CAF_CHECK_EQUAL(budget.bytes(), 0u);
}

CAF_TEST(after a hole the memory starts again) {
  append(lobby, 1, 3);
  append(lobby, 5, 6);
  CAF_CHECK(!lobby.since(3));
  CAF_CHECK(has(lobby, 4, {5, 6}));
  append(lobby, 6, 6);
  CAF_CHECK(has(lobby, 5, {6}));
  CAF_CHECK_EQUAL(lobby.size(), 1u);
  CAF_CHECK_EQUAL(budget.bytes(), each);
}

CAF_TEST(a memory alone keeps as much as fits) {
  append(lobby, 1, 100);
  CAF_CHECK(has(lobby, 94, {95, 96, 97, 98, 99, 100}));
  CAF_CHECK(!lobby.since(93));
  CAF_CHECK_EQUAL(budget.bytes(), 6 * each);
}

CAF_TEST(the channel used least recently forgets first) {
  append(lobby, 1, 3);
  append(arena, 1, 3);
  append(lobby, 4, 4);
  CAF_CHECK(!arena.since(0));
  CAF_CHECK(has(arena, 1, {2, 3}));
  append(lobby, 5, 6);
  CAF_CHECK_EQUAL(arena.size(), 0u);
  CAF_CHECK(has(lobby, 0, {1, 2, 3, 4, 5, 6}));
}

CAF_TEST(asking is using) {
  append(lobby, 1, 3);
  append(arena, 1, 3);
  CAF_CHECK(has(lobby, 0, {1, 2, 3}));
  recent_publications hall{budget};
  append(hall, 1, 1);
  CAF_CHECK(has(lobby, 0, {1, 2, 3}));
  CAF_CHECK_EQUAL(arena.size(), 2u);
}

CAF_TEST(a publication over the budget is not remembered) {
  recent_budget small{each - 1};
  recent_publications memory{small};
  append(memory, 1, 1);
  CAF_CHECK(!memory.since(1));
  CAF_CHECK_EQUAL(small.bytes(), 0u);
}

CAF_TEST(a memory that ends gives its bytes back) {
  auto hall = std::make_unique<recent_publications>(budget);
  append(*hall, 1, 4);
  append(lobby, 1, 1);
  hall.reset();
  CAF_CHECK_EQUAL(budget.bytes(), each);
  append(lobby, 2, 9);
  CAF_CHECK_EQUAL(lobby.size(), 6u);
}

CAF_TEST_FIXTURE_SCOPE_END()
