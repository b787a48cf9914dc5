#define CAF_SUITE journal_cost

#include "actors/record/journal_ring.hpp"
#include "tests/support/call_counter.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;
using namespace rookery::test;

CAF_TEST(a full journal allocates nothing) {
  journal_ring ring;
  const std::string user(40, 'u');
  const auto fill = [&] {
    for (std::size_t i = 0; i < journal_ring::capacity; ++i)
      ring.add({journal_kind::connected, 1, user, user, "127.0.0.1", 0, user},
               moment{});
  };
  fill();
  begin_counting();
  fill();
  CAF_CHECK_EQUAL(end_counting().allocations, 0);
}
