#define CAF_SUITE pending_commands_cost

#include "cluster/redis/pending_commands.hpp"
#include "tests/support/call_counter.hpp"

#include <caf/test/unit_test.hpp>

#include <array>

using namespace rookery;
using namespace rookery::test;

CAF_TEST(four commands cost one allocation at most) {
  struct captures {
    std::array<char, answer_handler::capacity> bytes;
  };

  pending_commands pending{1000};
  begin_counting();
  for (auto i = 0; i < 600; ++i) {
    pending.push(
      {pending_commands::kind::publish,
       1,
       {},
       [kept = captures{}](const redis_answer&) { static_cast<void>(kept); }});
    pending.pop().then({});
  }
  CAF_CHECK(end_counting().allocations <= 150);
}
