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
    /// Connections per channel that hear.
    std::uint32_t members = 1;
    std::uint32_t publishers = 1;
    /// Publications per publisher that may be in flight; 0 without limit.
    std::uint32_t window = 0;
  };

  struct totals {
    std::uint64_t sent = 0;
    std::uint64_t expected = 0;
    /// Different ones, in order or not.
    std::uint64_t received = 0;
    std::uint64_t duplicated = 0;
    std::uint64_t out_of_order = 0;
    /// Deliveries of another channel, or of what was never sent.
    std::uint64_t foreign = 0;
  };

  ledger(const shape& shape, std::uint32_t run);

  /// Room for one more publication of that publisher.
  [[nodiscard]] bool has_room(std::uint32_t publisher) const {
    const auto& its = publishers_[publisher];
    return shape_.window == 0 || its.sent - its.done < shape_.window;
  }

  /// Notes a publication and returns what its payload begins with.
  stamp sent(std::uint32_t publisher, std::uint64_t time);

  /// Notes what a member received; returns the publisher that has room again
  /// because of it, or `nobody`.
  std::uint32_t received(std::uint32_t member, std::string_view payload,
                         std::uint64_t now, bool timed);
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};

  /// Gives up waiting for what is in flight, so that publishing goes on.
  void forget_in_flight();

  /// Latencies count from now on, for what is published from now on.
  void start_measuring(std::uint64_t now);

  [[nodiscard]] const totals& sums() const { return totals_; }

  /// In nanoseconds.
  [[nodiscard]] const histogram& latency() const { return latency_; }

private:
  struct publisher_state {
    std::uint32_t sent = 0;
    /// The publications before this one were received by every member.
    std::uint32_t done = 0;
  };

  bool complete(std::uint32_t publisher, std::uint32_t sequence);

  shape shape_;
  std::uint32_t run_;
  std::vector<publisher_state> publishers_;
  // How many members have a publication in flight, a ring per publisher.
  std::vector<std::uint32_t> holders_;
  std::vector<sequence_tracker> trackers_;
  totals totals_;
  histogram latency_;
  std::uint64_t measured_from_ = ~std::uint64_t{0};
};

} // namespace rookery::bench
