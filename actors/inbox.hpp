#pragma once

#include "actors/message/close_reason.hpp"
#include "actors/message/payload.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace rookery {

/// The side that asks a client for a sign of life.
enum class pinger : std::uint8_t {
  session, ///< with a WebSocket ping
  actor,   ///< it has done so in its own protocol
  nobody,  ///< not this time
};

/// The door from a socket to its connection actor. Called on the loop's thread
/// only, never from within a call of the actor into its outbox.
class inbox {
public:
  /// Handles one complete message of the client. Called only while the outbox
  /// is open; `payload` is valid during the call.
  virtual void message(std::string_view payload, payload_kind kind) = 0;

  /// Returns the maximum bytes of the client's next message, if it is below
  /// `listen.max-message`.
  virtual std::size_t longest_message() const noexcept {
    return std::numeric_limits<std::size_t>::max();
  }

  /// Called once after `outbox::is_congested` has returned true or `offer` was
  /// refused, when there is room again.
  virtual void writable() {}

  /// Called after the session has waited a full second for `outbox::open`: the
  /// actor must open or close now.
  virtual void open_overdue() = 0;

  /// Called when a ping is due, so that actors need no timers: once per
  /// `listen.ping-interval` in an open WebSocket, and before each comment in an
  /// event stream, where nobody pings. The call may come up to one tick of the
  /// loop's wheel early. After any result but `nobody` the session expects a
  /// sign of life from the client; after `actor` it closes a silent client with
  /// a close frame instead of cutting the connection.
  virtual pinger ping_due() { return pinger::session; }

  /// Returns the status for a WebSocket's close frame.
  virtual close_status status_for(close_reason reason) const noexcept {
    return status_of(reason);
  }

  /// Called after a call of the session into this inbox has thrown. The actor
  /// records the error and closes the outbox with
  /// `close_reason::internal_error`.
  virtual void failed(std::string_view during,
                      std::string_view what) noexcept = 0;

  /// Called exactly once, when the session is over: the outbox must not be used
  /// from then on.
  virtual void closed(close_reason reason) = 0;

protected:
  ~inbox() = default;
};

} // namespace rookery
