#define CAF_SUITE pending_commands

#include "cluster/redis/pending_commands.hpp"

#include <caf/test/unit_test.hpp>

#include <memory>
#include <vector>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

using kind = pending_commands::kind;

struct fixture {
  void push(int number, std::size_t bytes, kind type = kind::publish) {
    pending.push(
      {type, bytes, start + std::chrono::seconds(number),
       [this, number](const redis_answer&) { answered.push_back(number); }});
  }

  void answer() { pending.pop().then({}); }

  pending_commands pending{100};
  pending_commands::clock::time_point start;
  std::vector<int> answered;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(pending_commands_tests, fixture)

CAF_TEST(there is room up to the capacity in bytes) {
  CAF_CHECK(pending.has_room_for(100));
  CAF_CHECK(!pending.has_room_for(101));
  push(1, 60);
  CAF_CHECK(pending.has_room_for(40));
  CAF_CHECK(!pending.has_room_for(41));
  CAF_CHECK(!pending.has_room_for(static_cast<std::size_t>(-1)));
  answer();
  CAF_CHECK(pending.has_room_for(100));
}

CAF_TEST(the commands of the link itself need no room) {
  push(1, 200, kind::own);
  push(2, 60, kind::call);
  CAF_CHECK_EQUAL(pending.bytes(), 60u);
  CAF_CHECK_EQUAL(pending.size(), 1u);
  CAF_CHECK_EQUAL(pending.count(), 2u);
  answer();
  CAF_CHECK_EQUAL(pending.bytes(), 60u);
  CAF_CHECK_EQUAL(pending.size(), 1u);
}

CAF_TEST(commands are answered in the order in which they came) {
  push(1, 10);
  push(2, 10, kind::own);
  push(3, 10, kind::call);
  answer();
  CAF_REQUIRE(pending.oldest() != nullptr);
  CAF_CHECK(pending.oldest()->since == start + 2s);
  answer();
  answer();
  CAF_CHECK_EQUAL(answered, (std::vector<int>{1, 2, 3}));
  CAF_CHECK(pending.oldest() == nullptr);
  CAF_CHECK_EQUAL(pending.bytes(), 0u);
}

CAF_TEST(a command counts as unsent only if none of its bytes has left) {
  push(1, 10);
  push(2, 20);
  push(3, 30, kind::own);
  CAF_CHECK_EQUAL(pending.unsent_commands(0), 0u);
  CAF_CHECK_EQUAL(pending.unsent_commands(29), 0u);
  CAF_CHECK_EQUAL(pending.unsent_commands(30), 1u);
  CAF_CHECK_EQUAL(pending.unsent_commands(49), 1u);
  CAF_CHECK_EQUAL(pending.unsent_commands(50), 2u);
  CAF_CHECK_EQUAL(pending.unsent_commands(1000), 3u);
}

CAF_TEST(forgotten commands are not answered) {
  push(1, 10);
  pending.clear();
  CAF_CHECK_EQUAL(pending.count(), 0u);
  CAF_CHECK(pending.has_room_for(100));
  CAF_CHECK(answered.empty());
}

CAF_TEST(objects that a command has captured end with it) {
  auto kept = std::make_shared<int>(1);
  pending.push({kind::call, 1, start, [kept](const redis_answer&) {}});
  pending.push({kind::call, 1, start, [kept](const redis_answer&) {}});
  CAF_CHECK_EQUAL(kept.use_count(), 3);
  answer();
  CAF_CHECK_EQUAL(kept.use_count(), 2);
  pending.clear();
  CAF_CHECK_EQUAL(kept.use_count(), 1);
}

CAF_TEST_FIXTURE_SCOPE_END()
