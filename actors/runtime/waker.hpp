#pragma once

namespace rookery {

/// The part of a loop's thread that gives actors their turns, beside the part
/// that serves sockets.
class turn_runner {
public:
  /// Called first on the loop's thread, before any turn.
  virtual void enter_thread() = 0;

  /// Runs the messages queued for the loop's actors. On the loop's thread.
  virtual void run_turn() = 0;

  /// Called last on the loop's thread.
  virtual void leave_thread() = 0;

protected:
  ~turn_runner() = default;
};

/// Asks the thread of a loop for a turn of its actors. Tests use a waker that
/// only counts, and call `run_turn` themselves.
class waker {
public:
  /// Asks for one `run_turn` after the handlers that are ready now. Loop thread
  /// only.
  virtual void defer() = 0;

  /// Asks for one `run_turn` soon. Any thread; wakes the loop if it sleeps.
  virtual void wake() = 0;

protected:
  ~waker() = default;
};

} // namespace rookery
