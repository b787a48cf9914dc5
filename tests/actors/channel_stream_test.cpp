#define CAF_SUITE channel_stream

#include "tests/actors/support/stream_fixture.hpp"

#include <random>

using namespace rookery;
using namespace rookery::test;

namespace {

using fixture = stream_fixture;
using strings = std::vector<std::string>;

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_stream_tests, fixture)

CAF_TEST(the history is not read before the subscription is confirmed) {
  join(1);
  CAF_CHECK_EQUAL(reads, 0);
  stream.interrupted();
  CAF_REQUIRE_EQUAL(reads, 1);
  CAF_CHECK_EQUAL(asked->range.limit, 0u);
  answer();
  CAF_CHECK_EQUAL(told, strings{"admit 1"});
  CAF_CHECK(stream.position() == (stream_position{0, "e"}));
}

CAF_TEST(publications that follow each other are passed on) {
  start();
  live();
  live();
  CAF_CHECK_EQUAL(told, (strings{"1", "2"}));
  CAF_CHECK_EQUAL(stream.position().offset, 2u);
  CAF_CHECK(!asked);
}

CAF_TEST(a publication that came before is dropped) {
  start();
  live();
  stream.delivered(make(1));
  CAF_CHECK_EQUAL(told, strings{"1"});
  CAF_CHECK_EQUAL(stream.counted().duplicates, 1u);
}

CAF_TEST(a history that goes on in another epoch has lost nothing) {
  start();
  live();
  publish();
  rename_history();
  live();
  answer_all();
  live();
  CAF_CHECK_EQUAL(told, (strings{"1", "renamed", "2", "3", "4"}));
  CAF_CHECK(stream.position() == (stream_position{4, "ey"}));
  CAF_CHECK_EQUAL(stream.counted().gaps_unfillable, 0u);
}

CAF_TEST(a publication of an earlier epoch that comes again is dropped) {
  start();
  live();
  const auto first = history.back();
  rename_history();
  live();
  answer_all();
  stream.delivered(first);
  CAF_CHECK_EQUAL(told, (strings{"1", "renamed", "2"}));
  CAF_CHECK(!asked);
}

CAF_TEST(a history that went on before the position has lost the rest) {
  start();
  live();
  publish();
  stream.delivered(make(2));
  history.pop_back();
  --top;
  rename_history();
  publish();
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "new epoch"}));
}

CAF_TEST(trimmed publications are counted) {
  size = 5;
  start();
  for (auto i = 0; i < 20; ++i)
    publish();
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told.front(), "trimmed");
  CAF_CHECK_EQUAL(lost_count, 15u);
}

CAF_TEST(a newcomer recovers from an earlier epoch up to its end) {
  live();
  for (auto i = 0; i < 3; ++i)
    publish();
  rename_history();
  publish();
  start();
  join_from(1, 4, "e");
  join_from(2, 3, "ey");
  join_from(3, 5, "e");
  answer_all();
  CAF_CHECK_EQUAL(
    told, (strings{"admit 3", "admit 1 recovered 5", "admit 2 recovered 4 5"}));
}

CAF_TEST(a newcomer may know of the next epoch before the stream) {
  start();
  live();
  rename_history();
  publish();
  join_from(1, 1, "ey");
  CAF_CHECK_EQUAL(told, strings{"1"});
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "renamed", "2", "admit 1 recovered 2"}));
}

CAF_TEST(a jump is repaired from the history in order) {
  start();
  publish();
  publish();
  live();
  CAF_CHECK_EQUAL(told, strings{});
  live();
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "3", "4"}));
  CAF_CHECK_EQUAL(stream.counted().gaps_found, 1u);
  CAF_CHECK_EQUAL(stream.counted().gaps_filled, 1u);
  CAF_CHECK_EQUAL(stream.counted().gaps_unfillable, 0u);
  CAF_CHECK_EQUAL(reads, 2);
}

CAF_TEST(publications that arrive during a read follow it once) {
  start();
  publish();
  live();
  const auto page = page_for(*asked);
  live();
  live();
  answer(page);
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "3", "4"}));
  CAF_CHECK(!asked);
}

CAF_TEST(a hole in publications that arrive during a read is read again) {
  start();
  publish();
  live();
  const auto page = page_for(*asked);
  publish();
  live();
  answer(page);
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "3", "4"}));
}

CAF_TEST(an interruption without loss says nothing) {
  start();
  live();
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"1"});
}

CAF_TEST(an interruption with loss is repaired) {
  start();
  live();
  publish();
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2"}));
}

CAF_TEST(publications that the history has forgotten are reported as a loss) {
  size = 2;
  start();
  for (auto i = 0; i < 4; ++i)
    publish();
  live();
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"trimmed", "4", "5"}));
  CAF_CHECK_EQUAL(stream.counted().gaps_unfillable, 1u);
  CAF_CHECK_EQUAL(stream.counted().gaps_filled, 0u);
}

CAF_TEST(a history that is empty behind us is told) {
  start();
  publish();
  history.clear();
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"trimmed"});
  CAF_CHECK_EQUAL(stream.position().offset, 1u);
}

CAF_TEST(a new epoch is told and goes on) {
  start();
  live();
  lose_history();
  live();
  answer_all();
  live();
  CAF_CHECK_EQUAL(told, (strings{"1", "new epoch", "2"}));
  CAF_CHECK(stream.position() == (stream_position{2, "ex"}));
}

CAF_TEST(a history that has moved back is a new epoch) {
  start();
  live();
  live();
  top = 1;
  history.pop_back();
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "new epoch"}));
}

CAF_TEST(another publication in the place of one that came makes it look) {
  start();
  for (auto i = 0; i < 3; ++i)
    live();
  stream.delivered(make(2, "another"));
  lose_history(); // the effect of its verification
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "3", "new epoch"}));
}

CAF_TEST(an older publication that nobody remembers makes it look once) {
  publish();
  publish();
  start();
  stream.delivered(make(1));
  stream.delivered(make(2));
  answer_all();
  live();
  CAF_CHECK_EQUAL(told, strings{"3"});
  CAF_CHECK_EQUAL(reads, 3);
}

CAF_TEST(only publications that had not come are repaired) {
  start();
  live();
  publish();
  live();
  live();
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "3", "4"}));
  CAF_CHECK_EQUAL(repaired, strings{"2"});
  CAF_CHECK_EQUAL(jumps, 1);
  CAF_CHECK_EQUAL(fills, 1);
}

CAF_TEST(lost publications do not count as repaired) {
  size = 1;
  start();
  live();
  publish();
  publish();
  live();
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "trimmed", "4"}));
  CAF_CHECK_EQUAL(jumps, 1);
  CAF_CHECK_EQUAL(fills, 0);
}

CAF_TEST(a hint that the history does not confirm is dropped) {
  start();
  live();
  stream.delivered(make(1000));
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"1"});
  CAF_CHECK_EQUAL(reads, 2);
  live();
  CAF_CHECK_EQUAL(told, (strings{"1", "2"}));
}

CAF_TEST(the last publication is given for verification) {
  start();
  live();
  stream.interrupted();
  CAF_REQUIRE(asked.has_value());
  CAF_CHECK(asked->known == (stream_position{1, "e"}));
  CAF_CHECK_EQUAL(asked->known_id, "e1");
}

CAF_TEST(a failed read is repeated when asked) {
  start();
  publish();
  live();
  asked.reset();
  stream.failed();
  CAF_CHECK(stream.has_failed());
  join(1);
  CAF_CHECK(!asked);
  stream.retry();
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "admit 1"}));
}

CAF_TEST(more than may wait is read again) {
  size = 100'000;
  start();
  publish();
  live();
  const auto page = page_for(*asked);
  for (auto i = 0; i < 20'000; ++i)
    live();
  answer(page);
  answer_all();
  CAF_REQUIRE_EQUAL(told.size(), 20'002u);
  CAF_CHECK_EQUAL(told.back(), "20002");
}

CAF_TEST(all members see the same order after any losses) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    fixture world;
    std::mt19937 random{seed};
    const auto chance = [&random](unsigned percent) {
      return random() % 100 < percent;
    };
    std::deque<publication_ptr> on_the_way;
    world.start();
    for (auto step = 0; step < 300; ++step) {
      if (chance(50)) {
        on_the_way.push_back(world.publish());
        if (chance(20))
          on_the_way.pop_back();
        if (chance(10) && !on_the_way.empty())
          on_the_way.push_back(on_the_way.back());
      }
      if (chance(45) && !on_the_way.empty()) {
        world.stream.delivered(on_the_way.front());
        on_the_way.pop_front();
      }
      if (chance(3))
        world.stream.interrupted();
      if (chance(3))
        world.join_from(static_cast<std::uint32_t>(step), world.top);
      if (chance(40) && world.asked)
        world.answer();
    }
    world.stream.interrupted();
    world.answer_all();
    strings expected;
    for (std::uint64_t i = 1; i <= world.top; ++i)
      expected.push_back(std::to_string(i));
    std::erase_if(world.told,
                  [](const auto& line) { return line.starts_with("admit"); });
    CAF_CHECK_EQUAL(world.told, expected);
  }
}

CAF_TEST_FIXTURE_SCOPE_END()
