#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace rookery::bench {

/// The stamp at the start of every payload: its publisher, its number and its
/// time.
struct stamp {
  /// The letters of a stamp; a payload has at least that many.
  static constexpr std::size_t size = 40;

  /// Distinguishes this run from messages of an earlier one still under way.
  std::uint32_t run = 0;
  std::uint32_t publisher = 0;
  std::uint32_t sequence = 0;
  /// Nanoseconds of the steady clock.
  std::uint64_t time = 0;

  /// Writes the first `size` letters of a payload, plain ASCII.
  void write(std::span<char, size> payload) const;

  /// Returns nullopt if the payload is too short or has no stamp.
  static std::optional<stamp> read(std::string_view payload);
};

} // namespace rookery::bench
