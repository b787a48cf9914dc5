#define CAF_SUITE stream_store_property

#include "cluster/memory/stream_store.hpp"
#include "tests/cluster/support/history_maker.hpp"
#include "tests/cluster/support/stream_model.hpp"

#include <caf/test/unit_test.hpp>

#include <random>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

/// Both sides of the comparison name epochs in the same way.
stream_store::epoch_source counted_epochs() {
  return [count = 10'000'000]() mutable { return std::to_string(count++); };
}

/// Drives a store and its model with the same random operations and compares
/// every answer.
class comparison {
public:
  /// `promptness` bounds the memory freed after a step, as passed to `expire`;
  /// the model frees it at once.
  comparison(unsigned seed, const stream_limits& limits, std::size_t promptness)
    : random_{seed},
      promptness_{promptness},
      store_{limits, counted_epochs()},
      model_{limits, counted_epochs()} {
    model_.advance(now_);
  }

  /// Returns true if both agree.
  bool step() {
    pass_time();
    const auto what = pick(10);
    if (what < 5)
      return publish();
    if (what < 8)
      return read();
    if (what == 8)
      return verify();
    const auto channel = a_channel();
    store_.remove(channel, now_);
    model_.remove(channel);
    return true;
  }

  /// Returns true if both hold the same; for a prompt store.
  bool hold_the_same() const {
    return store_.bytes() == model_.bytes()
           && store_.streams() == model_.streams()
           && store_.positions() == model_.positions()
           && store_.results() == model_.results();
  }

  /// Returns true if the store is empty after everything has expired.
  bool end() {
    now_ += 10 * position_ttl;
    while (store_.expire(now_, 3))
      ;
    return store_.bytes() == 0 && store_.streams() == 0
           && store_.positions() == 0 && store_.results() == 0;
  }

private:
  unsigned pick(unsigned below) {
    return static_cast<unsigned>(random_()) % below;
  }

  std::string a_channel() { return "channel" + std::to_string(pick(8)); }

  void pass_time() {
    if (pick(4) == 0)
      now_ += std::chrono::milliseconds{pick(2000)};
    if (pick(500) == 0)
      now_ += position_ttl - 1s;
    if (pick(100) == 0)
      now_ += empty_position_ttl - 1s;
    model_.advance(now_);
    store_.expire(now_, promptness_);
  }

  bool publish() {
    const auto number = std::to_string(++published_);
    const auto what =
      draft(a_channel(), number + std::string(pick(60), '.'), number);
    const history_options history{pick(7),
                                  std::chrono::milliseconds{pick(10) * 1000}};
    const auto key = std::to_string(pick(40));
    const idempotency_key repeatable{pick(2) == 0 ? std::string{} : key,
                                     std::chrono::milliseconds{pick(5) * 1000}};
    const auto got = store_.publish(what, history, repeatable, now_);
    const auto wanted = model_.publish(what, history, repeatable);
    if (got.what) {
      last_ = got.position;
      last_id_ = number;
    }
    return got.position == wanted.position
           && got.was_repeated == wanted.was_repeated
           && (got.what == nullptr) == (wanted.what == nullptr);
  }

  bool read() {
    history_range range;
    if (pick(3) != 0)
      range.since = pick(60);
    range.limit = pick(8);
    range.reverse = pick(2) == 0;
    const auto channel = a_channel();
    stream_position top;
    const auto wanted = model_.read(channel, range, top);
    const auto got = store_.read(channel, range, now_);
    auto offset = got.publications.empty() ? 0 : got.publications[0]->offset();
    for (const auto& each : got.publications) {
      if (each->offset() != offset
          || each->fields().find(field_tag::epoch) != top.epoch)
        return false;
      range.reverse ? --offset : ++offset;
    }
    return got.top == top && data_of(got) == wanted;
  }

  bool verify() {
    const auto channel = a_channel();
    stream_position known;
    model_.read(channel, {}, known);
    store_.read(channel, {}, now_);
    if (pick(2) == 0)
      known = last_;
    if (pick(4) == 0)
      known.offset += pick(3);
    return store_.verify(channel, known, last_id_, now_)
           == model_.verify(channel, known, last_id_);
  }

  std::mt19937 random_;
  std::size_t promptness_;
  stream_store store_;
  stream_model model_;
  stream_store::time_point now_;
  unsigned published_ = 0;
  stream_position last_;
  std::string last_id_;
};

} // namespace

CAF_TEST(a prompt store with tight bounds equals its model) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    comparison both{seed, {1000, 6, 12}, 1000};
    for (auto steps = 0; steps < 10000; ++steps) {
      if (!both.step() || !both.hold_the_same())
        CAF_FAIL("seed " << seed << ", step " << steps);
    }
    CAF_CHECK(both.end());
  }
}

CAF_TEST(a store that is slow to give memory back equals its model) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    comparison both{seed, {1'000'000, 1000, 1000}, seed % 2};
    for (auto steps = 0; steps < 10000; ++steps) {
      if (!both.step())
        CAF_FAIL("seed " << seed << ", step " << steps);
    }
    CAF_CHECK(both.end());
  }
}
