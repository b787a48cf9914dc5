#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace rookery::bench {

/// What every payload of the benchmark begins with: who published it, which
/// of the publisher's messages it is, and when.
struct stamp {
  /// Letters a stamp takes; a payload is at least that long.
  static constexpr std::size_t size = 40;

  /// Tells this run from messages of another one that are still under way.
  std::uint32_t run = 0;
  std::uint32_t publisher = 0;
  std::uint32_t sequence = 0;
  /// Nanoseconds of the steady clock.
  std::uint64_t time = 0;

  /// Writes the first `size` letters of a payload, plain ASCII.
  void write(std::span<char, size> payload) const;

  /// Nothing where the payload is too short or not stamped.
  static std::optional<stamp> read(std::string_view payload);
};

} // namespace rookery::bench
