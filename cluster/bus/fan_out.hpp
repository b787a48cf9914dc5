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

/// The channel actors that get a bus's publications: one per channel and loop.
/// Bounds the bytes on their way to each loop; dropped publications become one
/// gap that is sent later. For the thread of the bus that owns it, from within
/// its handlers.
class fan_out {
public:
  /// `backlog_limit`: bytes on their way to one loop from which on publications
  /// for it are dropped.
  explicit fan_out(std::size_t backlog_limit) : backlog_limit_{backlog_limit} {}

  /// Enters a subscriber, and confirms to it if the channel stands. Returns
  /// true when the channel was not known.
  bool add(const want& what);

  /// Returns true when it was the channel's last subscriber; the channel stays
  /// known until `forget`.
  bool remove(const unwant& what);

  void forget(std::string_view channel);

  /// The subscription stands, for the first time or again: tells every
  /// subscriber what it has to know.
  void confirm(std::string_view channel);

  /// Suspends all channels: their confirmed subscribers get `reason` as a gap
  /// after the channel is confirmed again.
  void suspend_all(gap_reason reason);

  /// Like `suspend_all` for one channel, and before it: the first reason stays.
  void suspend(std::string_view channel, gap_reason reason);

  using time_point = std::chrono::steady_clock::time_point;

  /// Sends to every subscriber of the publication's channel; the bus has had it
  /// since `seen`. Returns to how many loops, and for how many it was dropped.
  bus_ledger::fan_out_result deliver(const publication_ptr& what,
                                     time_point seen = {});

  /// Tells every subscriber of the channel that something is missing here.
  void gap(std::string_view channel, gap_reason reason);

  /// Tells the gaps for which there was no room. Returns true when some are
  /// left: call again soon.
  bool sweep();

  bool is_known(std::string_view channel) const {
    return channels_.find(channel) != channels_.end();
  }

  std::size_t size() const noexcept { return channels_.size(); }

  bool has_untold_gaps() const noexcept { return !untold_.empty(); }

  /// Bytes on their way to all loops.
  std::size_t backlog_bytes() const noexcept;

  /// Publications not handed to a loop that was too far behind.
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
    std::optional<gap_reason> untold;
  };

  struct channel_state {
    std::vector<place> places;
    bool stands = false;
    /// Why those confirmed before have missed something.
    std::optional<gap_reason> lost;
  };

  struct untold_gap {
    std::string channel;
    unsigned loop;
  };

  static void suspend(channel_state& channel, gap_reason reason);
  place* find(channel_state& channel, unsigned loop);
  void confirm(place& to);
  bool deliver(std::string_view channel, place& to, const publication_ptr& what,
               time_point seen);
  void tell_or_keep_gap(std::string_view channel, place& to, gap_reason reason);
  bool tell_untold(place& to);

  const backlog_ptr& backlog_of(unsigned loop) const { return backlogs_[loop]; }

  bool is_full(unsigned loop) const;
  bool has_room(unsigned loop) const;

  std::size_t backlog_limit_;
  std::vector<backlog_ptr> backlogs_; // by loop
  string_map<channel_state> channels_;
  std::vector<untold_gap> untold_;
  std::uint64_t delivered_ = 0;
  std::uint64_t dropped_ = 0; // because a loop was too far behind
  std::uint64_t gaps_ = 0;
};

} // namespace rookery
