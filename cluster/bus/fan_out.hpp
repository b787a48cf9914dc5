#pragma once

#include "actors/interfaces.hpp"
#include "actors/text/string_map.hpp"
#include "cluster/bus/bus_ledger.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The channel actors that receive a bus's publications: one per channel and
/// loop. Limits the bytes on their way to each loop; dropped publications
/// become one gap, sent later. Use it on the thread of the bus that owns it, in
/// its handlers.
class fan_out {
public:
  /// `backlog_limit` is the number of bytes on their way to one loop from which
  /// on publications for it are dropped.
  explicit fan_out(std::size_t backlog_limit) : backlog_limit_{backlog_limit} {}

  /// Adds a subscriber, and confirms its subscription if the channel is
  /// confirmed. Returns true if the channel was unknown.
  bool add(const want& what);

  /// Removes a subscriber. Returns true if it was the channel's last one; the
  /// channel stays known until `forget`.
  bool remove(const unwant& what);

  void forget(std::string_view channel);

  /// Notes that the channel's subscription is confirmed, for the first time or
  /// again. Sends each subscriber its confirmation or the gap of the time
  /// before.
  void confirm(std::string_view channel);

  /// Suspends all channels. After a channel is confirmed again, its confirmed
  /// subscribers get `reason` as a gap.
  void suspend_all(gap_reason reason);

  /// Suspends one channel like `suspend_all`. The first reason stays.
  void suspend(std::string_view channel, gap_reason reason);

  using time_point = std::chrono::steady_clock::time_point;

  /// Sends a publication to every subscriber of its channel; `seen` is the time
  /// when the bus got it. Returns to how many loops it was sent, and for how
  /// many it was dropped.
  bus_ledger::fan_out_result deliver(const publication_ptr& what,
                                     time_point seen = {});

  /// Reports a gap to every confirmed subscriber of the channel.
  void gap(std::string_view channel, gap_reason reason);

  /// Notes that the bus does not get the channel's publications until
  /// `confirm`, and tells all subscribers.
  void refuse(std::string_view channel);

  /// Sends the gaps for which there was no room. Returns true if some are left:
  /// call it again soon.
  bool sweep();

  bool is_known(std::string_view channel) const {
    return channels_.find(channel) != channels_.end();
  }

  std::size_t size() const noexcept { return channels_.size(); }

  bool has_unreported_gaps() const noexcept { return !unreported_.empty(); }

  /// Bytes on their way to all loops.
  std::size_t backlog_bytes() const noexcept;

  /// Number of publications dropped because a loop was too far behind.
  std::uint64_t dropped() const noexcept { return dropped_; }

  /// Adds the counters to a bus's snapshot.
  void describe(snapshot& out) const;

private:
  struct place {
    unsigned loop = 0;
    std::uint64_t generation = 0;
    actor_ref<subscriber_actor> subscriber;
    bool confirmed = false;
    /// A gap for which there was no room yet.
    std::optional<gap_reason> unreported;
  };

  struct channel_state {
    std::vector<place> places;
    bool stands = false;
    bool is_refused = false;
    /// The reason why earlier confirmed subscribers have missed publications.
    std::optional<gap_reason> lost;
  };

  struct unreported_gap {
    std::string channel;
    unsigned loop;
  };

  static void suspend(channel_state& channel, gap_reason reason);
  place* find(channel_state& channel, unsigned loop);
  void confirm(place& to);
  static void refuse(place& to);
  bool deliver(std::string_view channel, place& to, const publication_ptr& what,
               time_point seen);
  void report_or_keep_gap(std::string_view channel, place& to,
                          gap_reason reason);
  bool report_gap(place& to);

  const backlog_ptr& backlog_of(unsigned loop) const { return backlogs_[loop]; }

  bool is_full(unsigned loop) const;
  bool has_room(unsigned loop) const;

  std::size_t backlog_limit_;
  std::vector<backlog_ptr> backlogs_; // by loop
  string_map<channel_state> channels_;
  std::vector<unreported_gap> unreported_;
  std::uint64_t delivered_ = 0;
  std::uint64_t dropped_ = 0; // because a loop was too far behind
  std::uint64_t gaps_ = 0;
};

} // namespace rookery
