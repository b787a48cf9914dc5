#pragma once

#include "apps/rookery-bench/histogram.hpp"
#include "apps/rookery-bench/sequence_tracker.hpp"
#include "apps/rookery-bench/stamp.hpp"

#include <cstdint>
#include <vector>

namespace rookery::bench {

/// The account of one run: every publication sent, and every delivery of it.
/// Publishers and members are numbered channel by channel.
class ledger {
public:
  struct shape {
    std::uint32_t channels = 1;
    /// Subscribed connections per channel.
    std::uint32_t members = 1;
    std::uint32_t publishers = 1;
    /// Publications per publisher that may be in flight; 0: no limit.
    std::uint32_t window = 0;
  };

  struct totals {
    std::uint64_t sent = 0;
    std::uint64_t expected = 0;
    /// Distinct deliveries, in order or not.
    std::uint64_t received = 0;
    std::uint64_t duplicated = 0;
    std::uint64_t out_of_order = 0;
    /// Deliveries of another channel, or of a message never sent.
    std::uint64_t foreign = 0;
  };

  ledger(const shape& shape, std::uint32_t run);

  /// Returns true if that publisher may send one more publication.
  [[nodiscard]] bool has_room(std::uint32_t publisher) const {
    const auto& its = publishers_[publisher];
    return shape_.window == 0 || its.sent - its.done < shape_.window;
  }

  /// Records a publication and returns the stamp its payload begins with.
  stamp sent(std::uint32_t publisher, std::uint64_t time);

  /// Records a received message. Returns the publisher that may send again
  /// because of it, or `nobody`.
  std::uint32_t received(std::uint32_t member, std::string_view payload,
                         std::uint64_t now, bool timed);
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};

  /// Stops waiting for publications in flight, so that publishing continues.
  void forget_in_flight();

  /// Starts counting latencies, for publications from now on.
  void start_measuring(std::uint64_t now);

  [[nodiscard]] const totals& sums() const { return totals_; }

  /// Latencies in nanoseconds.
  [[nodiscard]] const histogram& latency() const { return latency_; }

private:
  struct publisher_state {
    std::uint32_t sent = 0;
    /// The number of publications, counted from the first, that all members
    /// have received.
    std::uint32_t done = 0;
  };

  bool complete(std::uint32_t publisher, std::uint32_t sequence);

  shape shape_;
  std::uint32_t run_;
  std::vector<publisher_state> publishers_;
  // The number of members that have received each publication in flight, one
  // ring per publisher.
  std::vector<std::uint32_t> holders_;
  std::vector<sequence_tracker> trackers_;
  totals totals_;
  histogram latency_;
  std::uint64_t measured_from_ = ~std::uint64_t{0};
};

} // namespace rookery::bench
