#pragma once

#include "actors/record/journal_ring.hpp"
#include "actors/record/ledger_ring.hpp"
#include "actors/record/meters.hpp"

#include <chrono>
#include <cstddef>

namespace rookery {

/// Tells the world's time for readings of the steady clock, so that one reading
/// serves both. Asks for it once a second.
class moment_clock {
public:
  using steady = std::chrono::steady_clock;

  moment at(steady::time_point now) noexcept {
    if (now >= due_) {
      offset_ = std::chrono::system_clock::now().time_since_epoch()
                - now.time_since_epoch();
      due_ = now + std::chrono::seconds{1};
    }
    return moment{std::chrono::floor<std::chrono::milliseconds>(
      now.time_since_epoch() + offset_)};
  }

  moment now() noexcept { return at(steady::now()); }

private:
  steady::duration offset_{0};
  steady::time_point due_{};
};

/// What a loop remembers of its clients and channels, and counts. Loop thread
/// only.
struct loop_record {
  /// Of all ledgers: the last publications of 130,000 quiet channels, or all 64
  /// of 8,000 busy ones. As much again as what a node holds for its clients
  /// would be too much for what is only looked at now and then.
  static constexpr std::size_t ledger_bytes = 16 * 1024 * 1024;

  moment_clock clock;
  ledger_budget ledgers{ledger_bytes};
  journal_ring journal;
  actor_meters meters;

  void note(const journal_note& what) { journal.add(what, clock.now()); }
};

} // namespace rookery
