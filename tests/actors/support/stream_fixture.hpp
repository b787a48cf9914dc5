#pragma once

#include "actors/channel/catch_up.hpp"
#include "actors/channel/channel_stream.hpp"
#include "actors/channel/channel_table.hpp"
#include "tests/actors/support/recording_member.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::test {

/// A stream with its catch-up, and a history that answers when the test says
/// so.
struct stream_fixture : catch_up::owner {
  publication_ptr make(std::uint64_t offset) {
    return make(offset, epoch + std::to_string(offset));
  }

  publication_ptr make(std::uint64_t offset, std::string_view id) {
    std::string fields;
    append_offset(fields, offset);
    append_field(fields, field_tag::epoch, epoch);
    append_field(fields, field_tag::id, id);
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

  /// Other channels take all of the loop's memory of publications.
  void memory_of_others() {
    recent_publications other{memory};
    other.append(publication::make("other", std::string(2 << 20, 'x'),
                                   payload_kind::text, make(1)->fields()));
  }

  void lose_history() {
    epoch += "x";
    top = 0;
    earlier.clear();
    history.clear();
  }

  /// The history goes on in another epoch.
  void rename_history() {
    earlier.insert(earlier.begin(), {top, epoch});
    epoch += "y";
  }

  history_page page_for(const history_request& what) {
    history_page result{{top, epoch}, {}, earlier};
    for (const auto& each : history)
      if (result.publications.size() < std::min(what.range.limit, longest)
          && each->offset() > what.range.since.value_or(0))
        result.publications.push_back(each);
    return result;
  }

  void answer() {
    CAF_REQUIRE(asked.has_value());
    answer(page_for(*asked));
  }

  void answer(const history_page& page) {
    asked.reset();
    const auto is_first = stream.position().epoch.empty();
    stream.answered(std::make_shared<const history_page>(page));
    if (is_first)
      late.remember(page);
    while (stream.has_steps())
      stream.step();
    late.settle();
    settle_all();
  }

  void settle_all() {
    while (late.has_steps())
      late.step();
  }

  void answer_past() {
    CAF_REQUIRE(asked_past.has_value());
    const history_request what{*std::exchange(asked_past, std::nullopt)};
    late.answered(page_for(what));
    settle_all();
  }

  void answer_all() {
    for (auto rounds = 0; asked || asked_past || !resumed.empty(); ++rounds) {
      CAF_REQUIRE(rounds < 1000);
      if (asked)
        answer();
      else if (asked_past)
        answer_past();
      else
        resume_all();
    }
  }

  void resume_all() {
    for (const auto& each : std::exchange(resumed, {}))
      late.resume(each);
  }

  /// A stream that knows its position; `told` and `asked` are empty.
  void start() {
    stream.interrupted();
    answer_all();
    told.clear();
  }

  void advance(const publication_ptr& next, bool is_repaired) override {
    told.emplace_back(next->data());
    if (is_repaired)
      repaired.emplace_back(next->data());
  }

  void jumped() override { ++jumps; }

  void filled() override { ++fills; }

  void renamed() override { told.emplace_back("renamed"); }

  void broken(gap_reason reason, std::uint64_t count) override {
    lost_count += count;
    told.emplace_back(reason == gap_reason::trimmed ? "trimmed" : "new epoch");
    if (reason == gap_reason::new_epoch)
      late.begin_epoch();
  }

  void read(const history_request& what) override {
    CAF_REQUIRE(!asked);
    asked = what;
    if (what.range.limit == 0)
      asked->range = late.first_range();
    ++reads;
  }

  void read_past(const history_range& what) override {
    CAF_REQUIRE(!asked_past);
    asked_past = what;
    ++reads;
  }

  void admit(const subscription_ptr& newcomer, bool is_recovered,
             std::span<const publication_ptr> missed) override {
    auto line = "admit " + std::to_string(newcomer->position)
                + (is_recovered ? " recovered" : "");
    for (const auto& each : missed)
      line += " " + std::string{each->data()};
    told.push_back(line);
    newcomer->is_waiting = false;
    const auto from = std::exchange(newcomer->from, nullptr);
    if (!is_recovered)
      return;
    const auto last = from->offset + missed.size();
    if (last < stream.position().offset)
      fall_behind(newcomer, last);
    if (newcomer->from)
      resume_later(newcomer);
  }

  bool has_room(subscription&) override { return room > 0; }

  bool hand_to(subscription& place, const publication& what) override {
    if (room == 0)
      return false;
    --room;
    told.push_back(std::to_string(place.position) + " gets "
                   + std::string{what.data()});
    return true;
  }

  void lost(subscription& place, std::uint64_t count) override {
    lost_count += count;
    told.push_back(std::to_string(place.position) + " loses");
  }

  void resume_later(const subscription_ptr& place) override {
    resumed.push_back(place);
  }

  void fall_behind(const subscription_ptr& place, std::uint64_t after) {
    place->from =
      std::make_unique<const stream_position>(stream_position{after, epoch});
  }

  /// A member or newcomer with that number.
  subscription_ptr place(std::uint32_t number) {
    subscription_ptr result{new subscription{someone, entry}};
    result->position = number;
    return result;
  }

  subscription_ptr join(std::uint32_t number) {
    auto result = place(number);
    late.join(result);
    return result;
  }

  subscription_ptr join_from(std::uint32_t number, std::uint64_t offset) {
    return join_from(number, offset, epoch);
  }

  subscription_ptr join_from(std::uint32_t number, std::uint64_t offset,
                             const std::string& of) {
    auto result = place(number);
    result->from =
      std::make_unique<const stream_position>(stream_position{offset, of});
    late.join(result);
    return result;
  }

  std::string epoch = "e";
  std::uint64_t top = 0;
  std::vector<stream_position> earlier;
  std::size_t size = 100;
  std::deque<publication_ptr> history;
  std::uint32_t longest = longest_page;
  std::optional<history_request> asked;
  std::optional<history_range> asked_past;
  /// The publications that members still have room for.
  std::size_t room = 1'000'000;
  std::vector<subscription_ptr> resumed;
  int reads = 0;
  std::uint64_t lost_count = 0;
  std::vector<std::string> told;
  std::vector<std::string> repaired;
  int jumps = 0;
  int fills = 0;
  recent_budget memory{1 << 20};
  stream_counters all;
  channel_stream stream{*this, memory, all};
  catch_up late{*this, stream, memory, {1000, std::chrono::hours{1}}};
  recording_member someone;
  channel_entry entry;
};

} // namespace rookery::test
