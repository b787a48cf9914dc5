#pragma once

#include "actors/message/close_reason.hpp"
#include "actors/message/frame.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace rookery {

/// The door from a connection actor to its socket. Called on the loop's thread
/// only; valid until `inbox::closed`. No call here calls the inbox before it
/// has returned.
class outbox {
public:
  /// Accepts the client's request (WebSocket: 101, SSE: 200); messages flow
  /// both ways from then on. Call once.
  virtual void open() = 0;

  /// Queues `bytes` after everything queued before. If the queue has already
  /// reached its limit and the client takes nothing, or several times its
  /// limit, the frame is dropped and the connection ends with
  /// `close_reason::slow_consumer`. Does nothing before `open` and after
  /// `close`. Returns whether the frame was queued.
  virtual bool deliver(const frame_ptr& bytes) = 0;

  /// Queues `bytes` like `deliver`, unless half of the queue's limit or more is
  /// queued, or anything while the node's output memory is half used. Then
  /// returns false, and `inbox::writable` is called once when
  /// there is room again. Never ends the connection.
  virtual bool offer(const frame_ptr& bytes) = 0;

  /// Ends the connection: queued output goes out first, then the protocol's
  /// close. Before `open` the request is refused with 503.
  virtual void close(close_reason reason) = 0;

  /// Returns the reason why the connection is ending; nullopt while it is not.
  virtual std::optional<close_reason> ending() const noexcept = 0;

  /// Returns the bytes queued and not yet handed to the kernel.
  virtual std::size_t queued_bytes() const noexcept = 0;

  /// Returns true while half of the queue's limit or more is queued. After that
  /// `inbox::writable` is called once there is room again.
  virtual bool is_congested() noexcept = 0;

  /// Stops or resumes reading from the client. Messages that have been read
  /// already still come.
  virtual void hold_input(bool is_held) = 0;

  /// Returns the client's address without port; a system call.
  virtual std::string remote_address() const = 0;

  /// Returns the time between the last answered ping and its pong; zero before
  /// the first.
  virtual std::chrono::microseconds round_trip() const noexcept = 0;

protected:
  ~outbox() = default;
};

} // namespace rookery
