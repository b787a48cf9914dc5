#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace rookery {

/// The credits that one client has spent and not got back yet, in commands and
/// bytes. Any thread may give back; everything else is for the client's loop.
class credit_account {
public:
  /// The maximum number of commands of one client that are under way: a
  /// client that waits for none of its answers fills a link with a round trip
  /// of a millisecond at 256,000 commands a second.
  static constexpr std::uint64_t max_commands = 256;

  /// The bytes under way from which on a client spends no more: a client whose
  /// commands are large has one under way at a time.
  static constexpr std::uint64_t max_bytes = 1024 * 1024;

  void spend(std::uint32_t bytes) noexcept {
    spent_.fetch_add(one_command + bytes);
  }

  /// Returns true if the client has waited for this: at least half of its
  /// credit is free again.
  [[nodiscard]] bool get_back(std::uint32_t bytes) noexcept {
    const auto before = spent_.fetch_sub(one_command + bytes);
    if ((before & awaited) == 0 || !is_low(before - one_command - bytes))
      return false;
    return (spent_.fetch_and(~awaited) & awaited) != 0;
  }

  bool has_room() const noexcept {
    const auto spent = spent_.load();
    return commands_in(spent) < max_commands && bytes_in(spent) < max_bytes;
  }

  /// Begins to wait: `get_back` will return true once. Returns false if there
  /// is room after all.
  [[nodiscard]] bool wait() noexcept {
    if (!is_low(spent_.fetch_or(awaited)))
      return true;
    // The last credit may have come back just before.
    return (spent_.fetch_and(~awaited) & awaited) == 0;
  }

  std::uint64_t commands() const noexcept { return commands_in(spent_.load()); }

  std::uint64_t bytes() const noexcept { return bytes_in(spent_.load()); }

private:
  // One word: bytes below, commands above them, and whether the client waits.
  static constexpr unsigned byte_bits = 40;
  static constexpr std::uint64_t one_command = std::uint64_t{1} << byte_bits;
  static constexpr std::uint64_t awaited = std::uint64_t{1} << 63;

  static std::uint64_t commands_in(std::uint64_t spent) noexcept {
    return (spent & ~awaited) >> byte_bits;
  }

  static std::uint64_t bytes_in(std::uint64_t spent) noexcept {
    return spent & (one_command - 1);
  }

  static bool is_low(std::uint64_t spent) noexcept {
    return commands_in(spent) <= max_commands / 2
           && bytes_in(spent) <= max_bytes / 2;
  }

  std::atomic<std::uint64_t> spent_{0};
};

} // namespace rookery
