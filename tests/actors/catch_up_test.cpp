#define CAF_SUITE catch_up

#include "tests/actors/support/stream_fixture.hpp"

#include <random>

using namespace rookery;
using namespace rookery::test;

namespace {

using strings = std::vector<std::string>;

struct fixture : stream_fixture {
  /// A member with that number, at the position.
  subscription_ptr enter(std::uint32_t number) {
    auto result = join(number);
    told.clear();
    return result;
  }

  void publish_live(int count) {
    for (auto i = 0; i < count; ++i)
      live();
    told.clear();
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(catch_up_tests, fixture)

CAF_TEST(a member that is behind gets publications from memory) {
  start();
  const auto ann = enter(1);
  publish_live(3);
  fall_behind(ann, 1);
  late.resume(ann);
  CAF_CHECK_EQUAL(told, (strings{"1 gets 2", "1 gets 3"}));
  CAF_CHECK(!ann->from);
  CAF_CHECK(resumed.empty());
  CAF_CHECK_EQUAL(reads, 1);
}

CAF_TEST(a member that takes no more goes on there later) {
  start();
  const auto ann = enter(1);
  publish_live(4);
  fall_behind(ann, 0);
  room = 2;
  late.resume(ann);
  CAF_REQUIRE(ann->from != nullptr);
  CAF_CHECK(*ann->from == (stream_position{2, "e"}));
  CAF_CHECK(resumed.empty());
  room = 10;
  late.resume(ann);
  CAF_CHECK_EQUAL(told,
                  (strings{"1 gets 1", "1 gets 2", "1 gets 3", "1 gets 4"}));
  CAF_CHECK(!ann->from);
}

CAF_TEST(publications that memory lacks are read in pages) {
  for (auto i = 0; i < 7; ++i)
    publish();
  start();
  const auto ann = enter(1);
  longest = 3;
  fall_behind(ann, 0);
  late.resume(ann);
  CAF_CHECK(ann->awaits_read);
  answer_all();
  CAF_CHECK_EQUAL(told.size(), 7u);
  CAF_CHECK_EQUAL(told.back(), "1 gets 7");
  CAF_CHECK_EQUAL(reads, 4);
  CAF_CHECK(!ann->from && !ann->awaits_read);
}

CAF_TEST(members that lack the same share its reads) {
  for (auto i = 0; i < 6; ++i)
    publish();
  start();
  longest = 3;
  for (std::uint32_t i = 1; i <= 10; ++i) {
    const auto next = enter(i);
    fall_behind(next, 0);
    late.resume(next);
  }
  answer_all();
  CAF_CHECK_EQUAL(told.size(), 60u);
  CAF_CHECK_EQUAL(reads, 3);
}

CAF_TEST(new publications do not overtake the recovered ones) {
  for (auto i = 0; i < 3; ++i)
    publish();
  start();
  const auto ann = enter(1);
  fall_behind(ann, 0);
  late.resume(ann);
  live();
  answer_all();
  CAF_CHECK_EQUAL(
    told, (strings{"4", "1 gets 1", "1 gets 2", "1 gets 3", "1 gets 4"}));
}

CAF_TEST(publications beyond the position are left for later) {
  for (auto i = 0; i < 3; ++i)
    publish();
  start();
  const auto ann = enter(1);
  fall_behind(ann, 0);
  late.resume(ann);
  publish();
  answer_all();
  CAF_CHECK_EQUAL(told.back(), "1 gets 3");
  CAF_CHECK(!ann->from);
}

CAF_TEST(a member that lacks deleted publications gets one loss and stays) {
  size = 2;
  for (auto i = 0; i < 6; ++i)
    publish();
  start();
  const auto ann = enter(1);
  fall_behind(ann, 1);
  late.resume(ann);
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1 loses", "1 gets 5", "1 gets 6"}));
}

CAF_TEST(a member whose history is empty is told and is live) {
  for (auto i = 0; i < 3; ++i)
    publish();
  start();
  const auto ann = enter(1);
  history.clear();
  fall_behind(ann, 1);
  late.resume(ann);
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"1 loses"});
  CAF_CHECK(!ann->from);
}

CAF_TEST(a hole in the history is a loss) {
  for (auto i = 0; i < 6; ++i)
    publish();
  start();
  const auto ann = enter(1);
  history.erase(history.begin() + 2);
  fall_behind(ann, 0);
  late.resume(ann);
  answer_all();
  CAF_CHECK_EQUAL(told,
                  (strings{"1 loses", "1 gets 4", "1 gets 5", "1 gets 6"}));
}

CAF_TEST(a read that finds another epoch makes the stream look) {
  for (auto i = 0; i < 3; ++i)
    publish();
  start();
  const auto ann = enter(1);
  fall_behind(ann, 0);
  late.resume(ann);
  lose_history();
  publish();
  answer_past();
  CAF_REQUIRE(asked.has_value());
  ann->from.reset(); // the channel does so when the epoch breaks
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"new epoch"});
  CAF_CHECK(!asked_past);
}

CAF_TEST(a failed read is repeated when asked) {
  publish();
  start();
  const auto ann = enter(1);
  fall_behind(ann, 0);
  late.resume(ann);
  asked_past.reset();
  late.failed();
  late.settle();
  CAF_CHECK(!asked_past);
  late.retry();
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"1 gets 1"});
}

CAF_TEST(a member that has left is not read for) {
  publish();
  start();
  const auto ann = enter(1);
  const auto bob = enter(2);
  for (const auto& each : {ann, bob}) {
    fall_behind(each, 0);
    late.resume(each);
  }
  bob->to = nullptr;
  late.leave(bob);
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"1 gets 1"});
}

CAF_TEST(a newcomer without room gets all of it later) {
  for (auto i = 0; i < 3; ++i)
    publish();
  start();
  room = 0;
  const auto ann = join_from(1, 1);
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"admit 1 recovered"});
  room = 10;
  late.resume(ann);
  CAF_CHECK_EQUAL(told, (strings{"admit 1 recovered", "1 gets 2", "1 gets 3"}));
}

CAF_TEST(publications removed from the history do not come from memory) {
  start();
  enter(1);
  publish_live(3);
  late.clear();
  join_from(2, 1);
  CAF_CHECK_EQUAL(told, strings{"admit 2"});
  publish_live(1);
  join_from(3, 3);
  CAF_CHECK_EQUAL(told, strings{"admit 3 recovered 4"});
}

CAF_TEST(publications that have expired do not come from memory) {
  start();
  enter(1);
  publish_live(3);
  const auto now = std::chrono::steady_clock::now();
  late.moved(now - std::chrono::minutes{59});
  join_from(2, 2);
  CAF_CHECK_EQUAL(told, strings{"admit 2 recovered 3"});
  told.clear();
  late.moved(now - std::chrono::hours{1});
  join_from(3, 2);
  CAF_CHECK_EQUAL(told, strings{"admit 3"});
}

CAF_TEST(members get missing publications once and in order) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    fixture world;
    std::mt19937 random{seed};
    const auto chance = [&random](unsigned percent) {
      return random() % 100 < percent;
    };
    world.size = 1'000;
    world.longest = 1 + random() % 7;
    world.start();
    const auto ann = world.enter(1);
    for (auto step = 0; step < 300; ++step) {
      if (chance(50)) {
        const auto before = world.top;
        world.live();
        if (world.stream.position().offset > before && !ann->from) {
          if (chance(20))
            world.fall_behind(ann, before);
          else
            world.told.push_back("1 gets " + std::to_string(world.top));
        }
      }
      if (chance(2))
        world.memory_of_others();
      world.room = random() % 4;
      if (chance(30))
        world.late.resume(ann);
      if (chance(30) && world.asked_past)
        world.answer_past();
    }
    world.room = 1'000'000;
    world.late.resume(ann);
    world.answer_all();
    strings expected;
    for (std::uint64_t i = 1; i <= world.top; ++i)
      expected.push_back("1 gets " + std::to_string(i));
    std::erase_if(world.told,
                  [](const auto& line) { return !line.starts_with("1 "); });
    CAF_CHECK_EQUAL(world.told, expected);
  }
}

CAF_TEST_FIXTURE_SCOPE_END()
