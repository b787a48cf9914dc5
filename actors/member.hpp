#pragma once

#include "actors/bus_messages.hpp"

namespace rookery {

class frame_cache;
class subscription;

/// A subscriber of a channel, as the channel actor of its loop calls it. Loop
/// thread only. A member may call its channel table from within these calls.
class member {
public:
  /// The bus has confirmed: from here on every publication arrives or a gap is
  /// told. Once.
  virtual void subscribed(subscription& to) = 0;

  /// The next publication. `frames` has it encoded, once for all members.
  virtual void deliver(subscription& to, frame_cache& frames) = 0;

  /// Publications may be missing before this point.
  virtual void missed(subscription& to, gap_reason reason) = 0;

protected:
  ~member() = default;
};

} // namespace rookery
