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

/// How a member came in.
struct admission {
  /// Where in its history the channel stands; null in one without.
  const stream_position* position = nullptr;
  /// Everything after the place from which the member wanted to go on is in
  /// `missed`.
  bool is_recovered = false;
  std::span<const publication_ptr> missed = {};
};

/// Who a member is, for the ledger.
struct member_facts {
  std::uint64_t connection = 0; ///< actor id
  std::string_view user = {};   ///< valid during the handler
  std::size_t queued_bytes = 0;
  /// It is being closed for that.
  std::optional<close_reason> ending = {};
};

/// A subscriber of a channel, as the channel actor of its loop calls it. Loop
/// thread only. A member may call its channel table from within these calls.
class member {
public:
  /// The bus has confirmed: from here on every publication arrives or a gap is
  /// told. Once.
  virtual void subscribed(subscription& to, const admission& how) = 0;

  /// The next publication. `frames` has it encoded, once for all members.
  /// Returns false when the member has not taken it: its queue is full, or it
  /// is being closed.
  virtual bool deliver(subscription& to, frame_cache& frames) = 0;

  /// Publications may be missing before this point.
  virtual void missed(subscription& to, gap_reason reason) = 0;

  virtual member_facts facts() const = 0;

protected:
  ~member() = default;
};

} // namespace rookery
