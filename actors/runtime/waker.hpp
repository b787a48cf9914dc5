#pragma once

namespace rookery {

/// What the thread of a loop runs besides its sockets: the turns of its actors.
class turn_runner {
public:
  /// First call on the loop's thread, before any turn.
  virtual void enter_thread() = 0;

  /// Runs what is queued for the loop's actors. On the loop's thread.
  virtual void run_turn() = 0;

  /// Last call on the loop's thread.
  virtual void leave_thread() = 0;

protected:
  ~turn_runner() = default;
};

/// How actors get turns from the thread that owns their loop's sockets. Tests
/// use a waker that only counts, and call `run_turn` themselves.
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
