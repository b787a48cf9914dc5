#pragma once

#include "actors/record/journal_ring.hpp"
#include "actors/record/ledger_ring.hpp"
#include "actors/record/meters.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery {

/// Converts readings of the steady clock to wall-clock time, so that one
/// reading serves both. Reads the wall clock once a second.
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

/// The journal, the ledgers and the counters of a loop. Loop thread only.
struct loop_record {
  /// The memory of all ledgers: enough for the last publications of 130,000
  /// quiet channels, or all 64 of 8,000 busy ones. Kept smaller than the
  /// memory for clients, because ledgers are read only now and then.
  static constexpr std::size_t ledger_bytes = 16 * 1024 * 1024;

  moment_clock clock;
  ledger_budget ledgers{ledger_bytes};
  journal_ring journal;
  actor_meters meters;
  /// The last error of an actor of the loop; empty: none so far.
  std::string last_error;

  void note(const journal_note& what) { journal.add(what, clock.now()); }

  /// Counts an error of an actor and keeps it as "channel 7 lobby: text";
  /// `name` may be empty.
  void note_error(std::string_view kind, std::uint64_t id,
                  std::string_view name, std::string_view text) {
    ++meters.errors;
    last_error.assign(kind).append(" ").append(std::to_string(id));
    if (!name.empty())
      last_error.append(" ").append(name);
    last_error.append(": ").append(text);
  }
};

} // namespace rookery
