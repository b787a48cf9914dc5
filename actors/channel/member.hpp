#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/message/close_reason.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace rookery {

class frame_cache;
class subscription;

/// The state of a channel as a member enters it.
struct member_entry {
  /// The position in the channel's history after which the member gets all
  /// publications; null without history.
  const stream_position* position = nullptr;
  /// True if this is the position from which the member recovers.
  bool is_recovered = false;
  /// The first of these publications. The others are delivered later.
  std::span<const publication_ptr> missed = {};
};

/// The facts about a member that the ledger needs.
struct member_facts {
  std::uint64_t connection = 0; ///< actor id
  std::string_view user = {};   ///< valid during the handler
  std::size_t queued_bytes = 0;
  /// Set while the member is being closed.
  std::optional<close_reason> ending = {};
};

/// A subscriber of a channel, as the channel actor of its loop calls it. Loop
/// thread only. A member may call its channel table from within these calls.
class member {
public:
  /// Called once, when the bus has confirmed: from here on every publication
  /// arrives, or `missed` is called.
  virtual void subscribed(subscription& to, const member_entry& how) = 0;

  /// Delivers the next publication. `frames` has it encoded, once for all
  /// members. Returns false if the member did not take it: it is being closed,
  /// its queue is full, or it has no room for what can wait and asks for it
  /// with `channel_table::resume` later.
  virtual bool deliver(subscription& to, frame_cache& frames) = 0;

  /// Returns false if the member would not take a publication that can wait; it
  /// then calls `channel_table::resume` later.
  virtual bool has_room() = 0;

  /// Called while the channel has not let the member in after some seconds, and
  /// again after as many: the bus does not answer. Called at once if the bus
  /// refuses the channel; then `missed` follows.
  virtual void overdue(subscription&) {}

  /// Reports that publications may be missing before this point.
  virtual void missed(subscription& to, gap_reason reason) = 0;

  /// Reports that the member is at `now` in the channel's history: nothing is
  /// missing, and the next publications are of that epoch.
  virtual void renamed(subscription&, const stream_position& /*now*/) {}

  /// Called after a call of the channel into this member has thrown. The member
  /// records the error and ends itself: it is not called again.
  virtual void failed(std::string_view during,
                      std::string_view what) noexcept = 0;

  virtual member_facts facts() const = 0;

protected:
  ~member() = default;
};

} // namespace rookery
