#define CAF_SUITE reading_cost

#include "tests/net/support/socket_fixture.hpp"
#include "tests/support/call_counter.hpp"

#include <caf/test/unit_test.hpp>

#include <vector>

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : socket_fixture {
  /// The cost of reading one message of each.
  call_counts read_once(std::vector<joined_socket>& all,
                        std::size_t& messages) {
    messages = 0;
    for (auto& each : all)
      each.peer.send("message");
    begin_counting();
    pump();
    const auto result = end_counting();
    CAF_REQUIRE_EQUAL(messages, all.size());
    return result;
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(reading_cost_tests, fixture)

CAF_TEST(reading a message costs one recv and nothing else) {
  std::vector<joined_socket> all;
  std::size_t messages = 0;
  const auto join_up_to = [&](std::size_t count) {
    while (all.size() < count) {
      all.push_back(join());
      all.back().client->on_input = [&](std::size_t) { ++messages; };
    }
    read_once(all, messages);
  };
  join_up_to(1);
  const auto one = read_once(all, messages);
  join_up_to(50);
  const auto many = read_once(all, messages);
  CAF_CHECK_EQUAL(one.receives, 1);
  CAF_CHECK_EQUAL(many.receives, 50);
  CAF_CHECK_EQUAL(one.allocations, 0);
  CAF_CHECK_EQUAL(many.allocations, 0);
  // The loop requests its next turn.
  CAF_CHECK_EQUAL(one.waits, 1);
  CAF_CHECK_EQUAL(many.waits, 1);
}

CAF_TEST_FIXTURE_SCOPE_END()
