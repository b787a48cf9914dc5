#pragma once

#include "actors/channel/channel_record.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/message/publication.hpp"
#include "actors/message/subscription.hpp"

#include <cstdint>
#include <utility>

namespace rookery {

/// The round that hands one publication to all members of a channel, and
/// records it. `Hand` is called with a place and the frames, and returns false
/// if the member did not take the publication.
template <class Hand>
class hand_out_round {
public:
  using time_point = channel_record::time_point;

  /// `record` must outlive the round. `can_wait` if members get it later from
  /// the history when they have no room. `seen` is the time at which the bus
  /// had the publication.
  hand_out_round(channel_record& record, publication_ptr what, bool can_wait,
                 bool is_repaired, time_point seen, Hand hand)
    : record_{record},
      what_{std::move(what)},
      frames_{*what_, can_wait},
      seen_{seen},
      hand_{std::move(hand)} {
    done_.number = record_.begin();
    done_.is_repaired = is_repaired;
    done_.offset = what_->offset();
  }

  void operator()(subscription& place) {
    if (!place.to)
      return;
    ++done_.members;
    // Members that are behind get it later.
    if (frames_.can_wait() && place.from)
      return;
    if (!hand_(place, frames_) && !place.from)
      ++done_.dropped;
  }

  void end() {
    done_.bytes = static_cast<std::uint32_t>(what_->data().size());
    record_.handled(std::move(done_), seen_);
  }

private:
  channel_record& record_;
  publication_ptr what_;
  frame_cache frames_;
  handled_publication done_;
  time_point seen_;
  Hand hand_;
};

} // namespace rookery
