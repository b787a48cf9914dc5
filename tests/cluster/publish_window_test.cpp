#define CAF_SUITE publish_window

#include "cluster/redis/publish_window.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

struct fixture {
  void push(std::uint64_t ticket, std::size_t bytes) {
    window.push({ticket, bytes, start + std::chrono::seconds(ticket)});
  }

  publish_window window{100};
  publish_window::clock::time_point start;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(publish_window_tests, fixture)

CAF_TEST(there is room up to the capacity in bytes) {
  CAF_CHECK(window.has_room_for(100));
  CAF_CHECK(!window.has_room_for(101));
  push(1, 60);
  CAF_CHECK(window.has_room_for(40));
  CAF_CHECK(!window.has_room_for(41));
  CAF_CHECK(!window.has_room_for(static_cast<std::size_t>(-1)));
  window.pop();
  CAF_CHECK(window.has_room_for(100));
}

CAF_TEST(items leave in the order in which they came) {
  push(1, 10);
  push(2, 10);
  const auto first = window.pop();
  CAF_REQUIRE(first);
  CAF_CHECK_EQUAL(first->ticket, 1u);
  CAF_CHECK(*window.oldest() == start + 2s);
  const auto second = window.pop();
  CAF_REQUIRE(second);
  CAF_CHECK_EQUAL(second->ticket, 2u);
  CAF_CHECK(!window.pop());
  CAF_CHECK(!window.oldest());
  CAF_CHECK_EQUAL(window.bytes(), 0u);
}

CAF_TEST(an item counts as unsent only if none of its bytes has left) {
  push(1, 10);
  push(2, 20);
  push(3, 30);
  CAF_CHECK_EQUAL(window.unsent_items(0), 0u);
  CAF_CHECK_EQUAL(window.unsent_items(29), 0u);
  CAF_CHECK_EQUAL(window.unsent_items(30), 1u);
  CAF_CHECK_EQUAL(window.unsent_items(49), 1u);
  CAF_CHECK_EQUAL(window.unsent_items(50), 2u);
  CAF_CHECK_EQUAL(window.unsent_items(1000), 3u);
}

CAF_TEST_FIXTURE_SCOPE_END()
