#pragma once

#include "actors/channel/channel_ledger.hpp"
#include "actors/message/bus_messages.hpp"
#include "actors/message/leave_cause.hpp"
#include "actors/message/subscription.hpp"
#include "actors/record/loop_record.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace rookery {

/// The record of one channel on one loop: its counts, its ledger, and its
/// entries in the loop's journal and meters. Loop thread only.
class channel_record {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// `loop` must outlive this.
  channel_record(loop_record& loop, std::string name)
    : loop_{loop}, name_{std::move(name)} {}

  const std::string& name() const noexcept { return name_; }

  std::uint64_t publications() const noexcept { return publications_; }

  std::uint64_t deliveries() const noexcept { return deliveries_; }

  std::uint64_t gaps() const noexcept { return gaps_; }

  std::uint32_t per_second() const;

  /// Counts the next publication. Returns its number.
  std::uint64_t begin() noexcept { return ++publications_; }

  /// Records a delivered publication. `seen` is the time at which the bus saw
  /// it first; zero if unknown.
  void handled(handled_publication&& what, time_point seen);

  /// Records that a member did not take the publication.
  void dropped(subscription& place);

  /// Records a new member, and the position from which it recovers; null: it
  /// does not.
  void joined(subscription& place, const stream_position* recovered_from);

  void left(std::uint64_t connection, leave_cause why);

  /// Records that publications may be missing. `why` must be a literal.
  void gap(std::string_view why);

  /// Records that the missing publications were read from the history.
  void repaired();

  /// Records that `count` missing publications cannot be read; 0: unknown.
  void lost(gap_reason why, std::uint64_t count);

  /// Counts a gap that the members are told of.
  void count_gap() noexcept { ++gaps_; }

  /// Copies the ledger.
  void copy_to(ledger_page& out) const;

  /// Returns the number of the last publication before the member joined.
  std::uint64_t since(const subscription& place) const noexcept {
    return whole_number(place.since, publications_);
  }

  /// Frees the ledger's memory.
  void release() noexcept { ledger_.reset(); }

private:
  void mark(mark_kind what, std::uint64_t connection, std::string_view detail);
  void journal(journal_kind what, std::string_view reason,
               std::uint64_t publications = 0);
  channel_ledger& ledger();

  loop_record& loop_;
  std::string name_;
  /// Null until the first publication.
  std::unique_ptr<channel_ledger> ledger_;
  std::uint64_t publications_ = 0;
  std::uint64_t deliveries_ = 0;
  std::uint64_t gaps_ = 0;
};

} // namespace rookery
