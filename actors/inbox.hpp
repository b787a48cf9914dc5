#pragma once

#include "actors/close_reason.hpp"
#include "actors/payload.hpp"

#include <string_view>

namespace rookery {

/// The door from a socket to its connection actor. Called on the loop's thread
/// only, never from within a call of the actor into its outbox.
class inbox {
public:
  /// One complete message of the client, only while the outbox is open.
  /// `payload` is valid during the call.
  virtual void message(std::string_view payload, payload_kind kind) = 0;

  /// The session has waited its full second for `outbox::open`: the actor must
  /// open or close now.
  virtual void open_overdue() = 0;

  /// The session is over, nothing more can be sent: the outbox must not be used
  /// after this. Called exactly once.
  virtual void closed(close_reason reason) = 0;

protected:
  ~inbox() = default;
};

} // namespace rookery
