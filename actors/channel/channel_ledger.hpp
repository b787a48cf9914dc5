#pragma once

#include "actors/record/ledger.hpp"
#include "actors/record/ledger_ring.hpp"

#include <cstdint>
#include <string_view>

namespace rookery {

/// The last publications and membership changes of one channel actor, and the
/// number of publications in the last second. Loop thread only.
class channel_ledger {
public:
  /// `memory` must outlive the ledger.
  explicit channel_ledger(ledger_budget& memory) noexcept : memory_{memory} {}

  channel_ledger(const channel_ledger&) = delete;
  channel_ledger& operator=(const channel_ledger&) = delete;

  ~channel_ledger();

  void note(const handled_publication& what);

  /// `detail` must be a literal.
  void mark(std::uint64_t number, moment at, mark_kind what,
            std::uint64_t connection, std::string_view detail);

  /// Returns the number of the last publication before the one with that
  /// offset, if the ledger still has it; otherwise `last`.
  std::uint64_t number_before(std::uint64_t offset, std::uint64_t last) const;

  /// Returns the number of publications in the last complete second.
  std::uint32_t per_second(moment now) const noexcept;

  /// Adds all entries to `out`; `last` is the number of the last publication.
  void copy_to(ledger_page& out, std::uint64_t last) const;

private:
  struct kept_publication {
    std::uint64_t offset;
    std::int64_t at : 63; // milliseconds
    std::int64_t is_repaired : 1;
    std::uint32_t number; // lower half, as in all entries here
    std::uint32_t bytes;
    std::uint32_t members;
    std::uint32_t dropped;
  };

  struct kept_mark {
    std::int64_t at;
    std::uint64_t connection;
    const char* detail;
    std::uint32_t number;
    mark_kind what;
    std::uint8_t detail_size;
  };

  void count(moment at) noexcept;

  ledger_budget& memory_;
  ledger_ring<kept_publication> publications_;
  ledger_ring<kept_mark> marks_;
  std::uint32_t second_ = 0; // Unix time of the second being counted
  std::uint32_t count_ = 0;
  std::uint32_t last_count_ = 0; // of the second before
};

/// Returns the greatest number up to `last` whose lower half is `low`.
constexpr std::uint64_t whole_number(std::uint32_t low,
                                     std::uint64_t last) noexcept {
  return last - (static_cast<std::uint32_t>(last) - low);
}

} // namespace rookery
