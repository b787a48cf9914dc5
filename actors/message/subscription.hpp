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

/// The place of one member in one channel, shared by the two. Never leaves its
/// loop.
class subscription
  : public boost::intrusive_ref_counter<subscription,
                                        boost::thread_unsafe_counter> {
public:
  subscription(member& to, channel_entry& entry) : to{&to}, entry{&entry} {}

  /// The number of the channel's last publication before the member joined,
  /// lower half.
  std::uint32_t since = 0;
  /// Null once the member has left.
  member* to;
  /// The channel table's entry, valid until the member has left.
  channel_entry* entry;
  /// The position in the channel's history after which the member gets
  /// publications from there. Null: only new ones. Once the member is in, null
  /// unless it is behind the channel.
  std::unique_ptr<const stream_position> from;
  /// The index of this among the channel's members. Only the channel uses it.
  std::uint32_t position = 0;
  /// True until the channel has let the member in.
  bool is_waiting = false;
  /// True while the member waits for a read of the history.
  bool awaits_read = false;
  /// True after the member did not take a publication and this was recorded.
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
