#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// A limit on how often the same event is logged: at most once per interval.
/// Different events are told apart by a key. Memory is bounded.
class log_pace {
public:
  using clock = std::chrono::steady_clock;

  static constexpr std::chrono::seconds interval{10};

  /// Counts an event. Returns the number of events with that key since the last
  /// line about it, this one included, if a line is due; otherwise nullopt.
  std::optional<std::uint64_t> due(std::string_view key, clock::time_point now);

private:
  /// Maximum number of keys that are told apart; beyond it the key that was
  /// logged longest ago is forgotten.
  static constexpr std::size_t max_keys = 32;

  struct entry {
    std::string key;
    std::uint64_t count;
    clock::time_point logged_at;
  };

  std::vector<entry> entries_;
};

} // namespace rookery
