#pragma once

#include "actors/bus_messages.hpp"

#include <span>

namespace rookery {

class frame_cache;
class subscription;

/// How a member came in.
struct admission {
  /// Where in its history the channel stands; null in one without.
  const stream_position* position = nullptr;
  /// Everything after the place from which the member wanted to go on is in
  /// `missed`.
  bool is_recovered = false;
  std::span<const publication_ptr> missed = {};
};

/// A subscriber of a channel, as the channel actor of its loop calls it. Loop
/// thread only. A member may call its channel table from within these calls.
class member {
public:
  /// The bus has confirmed: from here on every publication arrives or a gap is
  /// told. Once.
  virtual void subscribed(subscription& to, const admission& how) = 0;

  /// The next publication. `frames` has it encoded, once for all members.
  virtual void deliver(subscription& to, frame_cache& frames) = 0;

  /// Publications may be missing before this point.
  virtual void missed(subscription& to, gap_reason reason) = 0;

protected:
  ~member() = default;
};

} // namespace rookery
