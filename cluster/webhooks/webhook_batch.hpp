#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rookery {

/// An event that waits for the backend.
struct webhook_event {
  /// Identifies the event in its store.
  std::string entry;
  /// The id by which the backend recognizes a repeated event.
  std::string id;
  /// The time when it was recorded, in milliseconds since 1970.
  std::uint64_t time = 0;
  /// The other members of the event's JSON object.
  std::string text;

  friend bool operator==(const webhook_event&, const webhook_event&) = default;
};

/// The oldest events, delivered together.
struct webhook_batch {
  std::vector<webhook_event> events;
  /// Number of events lost since the last batch was settled.
  std::uint64_t lost = 0;
  /// Number of events lost so far, for the store.
  std::uint64_t all_lost = 0;

  bool empty() const noexcept { return events.empty() && lost == 0; }
};

/// Maximum events of one batch, and maximum bytes of their texts; the first
/// event may exceed the latter.
inline constexpr std::size_t max_batch_webhooks = 100;
inline constexpr std::size_t max_batch_bytes = 1024 * 1024;

} // namespace rookery
