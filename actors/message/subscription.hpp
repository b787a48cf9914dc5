#pragma once

#include "actors/message/leave_cause.hpp"
#include "actors/message/publication_fields.hpp"

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstdint>
#include <memory>

namespace rookery {

class member;
struct channel_entry;

/// One member's place in one channel, shared by the two. Never leaves its loop.
class subscription
  : public boost::intrusive_ref_counter<subscription,
                                        boost::thread_unsafe_counter> {
public:
  subscription(member& to, channel_entry& entry) : to{&to}, entry{&entry} {}

  /// The channel's last publication before the member came in, the lower half
  /// of its number.
  std::uint32_t since = 0;
  /// Null once the member has left.
  member* to;
  /// The channel table's entry, valid until the member has left.
  channel_entry* entry;
  /// Where the member wants to go on in the channel's history; null: from now
  /// on, and once it is in.
  std::unique_ptr<const stream_position> from;
  /// Where the channel keeps this among its members, or the number under which
  /// it waits to become one; the channel's own.
  std::uint32_t position = 0;
  bool is_waiting = false;
  /// It has not taken something, which is on record.
  bool has_dropped = false;
};

using subscription_ptr = boost::intrusive_ptr<subscription>;

/// Tells a channel that a member has left.
struct departure {
  subscription_ptr place;
  std::uint64_t connection = 0; ///< actor id
  leave_cause why = {};

  friend bool operator==(const departure& x, const departure& y) {
    return x.place == y.place;
  }
};

} // namespace rookery
