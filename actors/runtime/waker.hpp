#pragma once

namespace rookery {

/// The part of a loop's thread that gives actors their turns, beside the part
/// that serves sockets.
class turn_runner {
public:
  /// First call on the loop's thread, before any turn.
  virtual void enter_thread() = 0;

  /// Runs the messages queued for the loop's actors. On the loop's thread.
  virtual void run_turn() = 0;

  /// Last call on the loop's thread.
  virtual void leave_thread() = 0;

protected:
  ~turn_runner() = default;
};

/// The way to ask the thread of a loop for a turn of its actors. Tests use a
/// waker that only counts, and call `run_turn` themselves.
class waker {
public:
  /// Loop thread only: one `run_turn` after the handlers that are ready now.
  virtual void defer() = 0;

  /// Any thread: one `run_turn` soon. Wakes the loop if it sleeps.
  virtual void wake() = 0;

protected:
  ~waker() = default;
};

} // namespace rookery
