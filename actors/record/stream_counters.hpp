#pragma once

#include <cstdint>

namespace rookery {

/// The counters of channels with a history.
struct stream_counters {
  std::uint64_t gaps_found = 0;
  std::uint64_t gaps_filled = 0;
  std::uint64_t gaps_unfillable = 0;
  std::uint64_t publications_repaired = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t reads = 0;
  /// Members whose sockets had no room for a publication.
  std::uint64_t lags = 0;
};

} // namespace rookery
