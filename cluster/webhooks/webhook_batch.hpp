#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rookery {

/// One event that waits for the backend.
struct webhook_event {
  /// Names it where it is kept.
  std::string entry;
  /// The backend knows a repeat by it.
  std::string id;
  /// Time of its record, in milliseconds since 1970.
  std::uint64_t time = 0;
  /// The other members of its JSON object.
  std::string text;

  friend bool operator==(const webhook_event&, const webhook_event&) = default;
};

/// The oldest events, to be delivered together.
struct webhook_batch {
  std::vector<webhook_event> events;
  /// Events lost since a batch was settled.
  std::uint64_t lost = 0;
  /// Events lost so far, for the store.
  std::uint64_t all_lost = 0;

  bool empty() const noexcept { return events.empty() && lost == 0; }
};

/// Events of one batch, at most, and bytes of their texts unless the first has
/// more.
inline constexpr std::size_t max_batch_webhooks = 100;
inline constexpr std::size_t max_batch_bytes = 1024 * 1024;

} // namespace rookery
