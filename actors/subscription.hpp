#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstdint>

namespace rookery {

class member;
struct channel_entry;

/// One member's place in one channel, shared by the two. Never leaves its loop.
class subscription
  : public boost::intrusive_ref_counter<subscription,
                                        boost::thread_unsafe_counter> {
public:
  subscription(member& to, channel_entry& entry) : to{&to}, entry{&entry} {}

  /// Null once the member has left.
  member* to;
  /// The channel table's entry, valid until the member has left.
  channel_entry* entry;
  /// Where the channel keeps this among its members; the channel's own.
  std::uint32_t position = 0;
};

using subscription_ptr = boost::intrusive_ptr<subscription>;

} // namespace rookery
