#define CAF_SUITE channel_stream

#include "actors/channel_stream.hpp"

#include <caf/test/unit_test.hpp>

#include <deque>
#include <map>
#include <random>

using namespace rookery;

namespace {

using strings = std::vector<std::string>;

/// A history that answers when told to, and what the stream did.
struct fixture : channel_stream::owner {
  publication_ptr make(std::uint64_t offset) {
    std::string fields;
    append_offset(fields, offset);
    append_field(fields, field_tag::epoch, epoch);
    append_field(fields, field_tag::id, epoch + std::to_string(offset));
    return publication::make("lobby", std::to_string(offset),
                             payload_kind::text, publication_fields{fields});
  }

  /// Appends to the history; the caller delivers or loses the publication.
  publication_ptr publish() {
    history.push_back(make(++top));
    if (history.size() > size)
      history.pop_front();
    return history.back();
  }

  void live() { stream.delivered(publish()); }

  void lose_history() {
    epoch += "x";
    top = 0;
    history.clear();
  }

  history_page page_for(const history_request& what) {
    history_page result{{top, epoch}, {}};
    for (const auto& each : history)
      if (result.publications.size() < what.range.limit
          && each->offset() > what.range.since.value_or(0))
        result.publications.push_back(each);
    return result;
  }

  void answer() {
    CAF_REQUIRE(asked.has_value());
    const auto what = *std::exchange(asked, std::nullopt);
    stream.answered(page_for(what));
  }

  void answer_all() {
    for (auto rounds = 0; asked; ++rounds) {
      CAF_REQUIRE(rounds < 100);
      answer();
    }
  }

  /// A stream that knows its position, with `told` and `asked` empty.
  void start() {
    stream.interrupted();
    answer_all();
    told.clear();
  }

  void advance(const publication_ptr& next) override {
    told.emplace_back(next->data());
  }

  void broken(gap_reason reason) override {
    told.emplace_back(reason == gap_reason::trimmed ? "trimmed" : "new epoch");
  }

  void read(const history_request& what) override {
    CAF_REQUIRE(!asked);
    asked = what;
    ++reads;
  }

  void admit(std::uint64_t newcomer, bool is_recovered,
             std::span<const publication_ptr> missed) override {
    auto line =
      "admit " + std::to_string(newcomer) + (is_recovered ? " recovered" : "");
    for (const auto& each : missed)
      line += " " + std::string{each->data()};
    told.push_back(line);
  }

  void join_from(std::uint64_t number, std::uint64_t offset) {
    const stream_start from{offset, epoch};
    stream.join(number, &from);
  }

  std::string epoch = "e";
  std::uint64_t top = 0;
  std::size_t size = 100;
  std::deque<publication_ptr> history;
  std::optional<history_request> asked;
  int reads = 0;
  strings told;
  recent_budget memory{1 << 20};
  channel_stream stream{*this, memory};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_stream_tests, fixture)

CAF_TEST(nothing is read before the subscription stands) {
  stream.join(1, nullptr);
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

CAF_TEST(what arrives during a read follows it once) {
  start();
  publish();
  live();
  const auto what = *std::exchange(asked, std::nullopt);
  const auto page = page_for(what);
  live();
  live();
  stream.answered(page);
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "3", "4"}));
  CAF_CHECK(!asked);
}

CAF_TEST(a hole in what arrives during a read is read again) {
  start();
  publish();
  live();
  const auto page = page_for(*std::exchange(asked, std::nullopt));
  publish();
  live();
  stream.answered(page);
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

CAF_TEST(what the history has forgotten is told) {
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

CAF_TEST(a newcomer who is up to date costs no read) {
  start();
  live();
  join_from(1, 1);
  CAF_CHECK_EQUAL(told, (strings{"1", "admit 1 recovered"}));
  CAF_CHECK(!asked);
}

CAF_TEST(what was passed on lately is kept for newcomers) {
  start();
  for (auto i = 0; i < 5; ++i)
    live();
  told.clear();
  join_from(1, 2);
  CAF_CHECK_EQUAL(told, strings{"admit 1 recovered 3 4 5"});
  CAF_CHECK(!asked);
}

CAF_TEST(a herd of recovering newcomers costs one read) {
  for (auto i = 0; i < 10; ++i)
    publish();
  for (std::uint64_t i = 0; i < 10; ++i)
    join_from(i, i);
  stream.interrupted();
  answer();
  CAF_CHECK(!asked);
  CAF_REQUIRE_EQUAL(told.size(), 10u);
  CAF_CHECK_EQUAL(told[0], "admit 0 recovered 1 2 3 4 5 6 7 8 9 10");
  CAF_CHECK_EQUAL(told[9], "admit 9 recovered 10");
  join_from(11, 5);
  CAF_CHECK_EQUAL(told.back(), "admit 11 recovered 6 7 8 9 10");
  CAF_CHECK_EQUAL(reads, 1);
}

CAF_TEST(who comes during a read is admitted behind it) {
  start();
  publish();
  live();
  join_from(7, 0);
  stream.join(8, nullptr);
  answer_all();
  CAF_CHECK_EQUAL(told,
                  (strings{"1", "2", "admit 7 recovered 1 2", "admit 8"}));
}

CAF_TEST(a newcomer from too far back is not recovered) {
  size = 1000;
  for (auto i = 0; i < 500; ++i)
    publish();
  start();
  join_from(1, 100);
  CAF_CHECK_EQUAL(told, strings{"admit 1"});
  join_from(2, 400);
  answer_all();
  CAF_CHECK_EQUAL(told.back().substr(0, 21), "admit 2 recovered 401");
}

CAF_TEST(a newcomer whose place is trimmed is not recovered) {
  size = 2;
  for (auto i = 0; i < 6; ++i)
    publish();
  start();
  join_from(1, 2);
  join_from(2, 4);
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"admit 1", "admit 2 recovered 5 6"}));
}

CAF_TEST(a newcomer of another epoch is not recovered) {
  start();
  const stream_start from{0, "other"};
  stream.join(1, &from);
  CAF_CHECK_EQUAL(told, strings{"admit 1"});
}

CAF_TEST(a newcomer who has seen more than we have makes us look) {
  start();
  live();
  publish();
  join_from(1, 2);
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "admit 1 recovered"}));
}

CAF_TEST(who gave up is not admitted) {
  stream.join(1, nullptr);
  stream.join(2, nullptr);
  stream.give_up(1);
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"admit 2"});
}

CAF_TEST(a failed read is repeated when asked) {
  start();
  publish();
  live();
  asked.reset();
  stream.failed();
  CAF_CHECK(stream.has_failed());
  stream.join(1, nullptr);
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
  const auto page = page_for(*std::exchange(asked, std::nullopt));
  for (auto i = 0; i < 20'000; ++i)
    live();
  stream.answered(page);
  answer_all();
  CAF_REQUIRE_EQUAL(told.size(), 20'002u);
  CAF_CHECK_EQUAL(told.back(), "20002");
}

CAF_TEST(whatever is lost on the way all members see the same order) {
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
        world.join_from(static_cast<std::uint64_t>(step), world.top);
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
