#pragma once

#include "actors/channel/channel_stream.hpp"

#include <caf/test/unit_test.hpp>

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::test {

/// A stream, and a history that answers when the test says so.
struct stream_fixture : channel_stream::owner {
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
  std::vector<std::string> told;
  std::vector<std::string> repaired;
  int jumps = 0;
  int fills = 0;
  recent_budget memory{1 << 20};
  stream_counters all;
  channel_stream stream{*this, memory, all};
};

} // namespace rookery::test
