#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The counters of a loop. Loop thread only; copies may go anywhere.
namespace rookery {

/// Counts durations in buckets that double from 1 us on: the first holds up to
/// 1 us, the next up to 2 us, the last all longer ones.
class latency_histogram {
public:
  static constexpr std::size_t size = 24;

  void add(std::chrono::nanoseconds took) noexcept {
    const auto ns =
      static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0));
    // Bucket 0: up to 1 us; 1: up to 2; 2: up to 4.
    const auto over = ns == 0 ? 0 : (ns - 1) / 1000;
    const auto place = static_cast<std::size_t>(std::bit_width(over));
    ++buckets_[std::min(place, size - 1)];
    sum_ns_ += ns;
  }

  latency_histogram& operator+=(const latency_histogram& other) noexcept {
    for (std::size_t i = 0; i < size; ++i)
      buckets_[i] += other.buckets_[i];
    sum_ns_ += other.sum_ns_;
    return *this;
  }

  /// Returns the number of durations above `limit(i - 1)` and up to `limit(i)`.
  std::uint64_t count(std::size_t i) const noexcept { return buckets_[i]; }

  static constexpr std::chrono::microseconds limit(std::size_t i) noexcept {
    return std::chrono::microseconds{std::uint64_t{1} << i};
  }

  std::chrono::nanoseconds sum() const noexcept {
    return std::chrono::nanoseconds{sum_ns_};
  }

private:
  std::array<std::uint64_t, size> buckets_{};
  std::uint64_t sum_ns_ = 0;
};

/// The clients that were refused or cut, by the limit that was reached.
struct refusal_meters {
  std::uint64_t address_connections = 0;
  std::uint64_t address_handshakes = 0;
  std::uint64_t address_tokens = 0;
  std::uint64_t user_connections = 0;
  std::uint64_t input_memory = 0;
  std::uint64_t new_channels = 0;

  refusal_meters& operator+=(const refusal_meters& other) noexcept {
    address_connections += other.address_connections;
    address_handshakes += other.address_handshakes;
    address_tokens += other.address_tokens;
    user_connections += other.user_connections;
    input_memory += other.input_memory;
    new_channels += other.new_channels;
    return *this;
  }
};

/// The times that clients were not read for a while, by the rate that they had
/// used up.
struct rate_meters {
  std::uint64_t commands = 0;
  std::uint64_t bytes = 0;

  rate_meters& operator+=(const rate_meters& other) noexcept {
    commands += other.commands;
    bytes += other.bytes;
    return *this;
  }
};

/// The counters of the sockets of a loop.
struct socket_meters {
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t slow_closes = 0;
  refusal_meters refusals;
  rate_meters waits;
  latency_histogram turns;
};

/// The counters of the actors of a loop.
struct actor_meters {
  /// Open connections by protocol; the names are literals.
  std::map<std::string_view, std::uint64_t> connections;
  std::uint64_t held = 0;         ///< connections whose commands wait
  std::uint64_t held_bytes = 0;   ///< of their input
  std::uint64_t publications = 0; ///< handed to channels here
  std::uint64_t deliveries = 0;   ///< to members
  std::uint64_t errors = 0;       ///< exceptions that actors have thrown
  /// The time from the bus's first sight of a publication until all members
  /// have it.
  latency_histogram fan_out;
};

/// The number of errors that Redis has answered on a link, by their first word.
struct redis_error_count {
  std::string_view link; ///< a literal
  std::string error;     ///< e.g. "NOPERM"
  std::uint64_t count = 0;
};

/// The state and the counters of the two links to Redis.
struct redis_meters {
  bool publish_link_up = false;
  bool subscribe_link_up = false;
  std::uint64_t publish_failures = 0;
  std::uint64_t subscribe_failures = 0;
  std::uint64_t wanted = 0;     ///< channels to subscribe to
  std::uint64_t confirmed = 0;  ///< those that Redis has confirmed
  std::uint64_t refused = 0;    ///< those that Redis has refused
  std::uint64_t unanswered = 0; ///< commands
  std::uint64_t unanswered_bytes = 0;
  std::uint64_t probe_misses = 0;
  std::chrono::microseconds probe_round_trip{0};
  std::vector<redis_error_count> errors = {};
};

/// The counters of a bus.
struct bus_meters {
  std::uint64_t published = 0;
  std::uint64_t received = 0;
  /// Publications not handed to a loop that was too far behind.
  std::uint64_t dropped = 0;
  latency_histogram commands; ///< from sending to answer
  /// Set only for a bus with Redis.
  std::optional<redis_meters> redis = {};
};

} // namespace rookery
