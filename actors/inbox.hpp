#pragma once

#include "actors/message/close_reason.hpp"
#include "actors/message/payload.hpp"

#include <cstdint>
#include <string_view>

namespace rookery {

/// Who asks a client for a sign of life.
enum class pinger : std::uint8_t {
  session, ///< with a WebSocket ping
  actor,   ///< it has done so in its own protocol
  nobody,  ///< not this time
};

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

  /// A ping is due: asked once per `listen.ping-interval` in an open WebSocket,
  /// and before each comment in an event stream, where nobody pings; so that
  /// actors need no timers; a tick of the loop's wheel early at most. Unless
  /// nobody pings the session expects to hear of the client soon. An actor that
  /// pings has its client closed, not cut, if it stays silent.
  virtual pinger ping_due() { return pinger::session; }

  /// What the client is told in a WebSocket's close frame.
  virtual close_status status_for(close_reason reason) const noexcept {
    return status_of(reason);
  }

  /// A call of the session into this inbox has thrown. The actor notes that,
  /// and closes the outbox with `close_reason::internal_error`.
  virtual void failed(std::string_view during,
                      std::string_view what) noexcept = 0;

  /// The session is over, nothing more can be sent: the outbox must not be used
  /// after this. Called exactly once.
  virtual void closed(close_reason reason) = 0;

protected:
  ~inbox() = default;
};

} // namespace rookery
