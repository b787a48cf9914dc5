#pragma once

namespace rookery {

/// A task to run once a turn has produced all its output; see
/// `io_loop::at_turn_end`.
class turn_task {
public:
  virtual void end_turn() = 0;

protected:
  ~turn_task() = default;
};

} // namespace rookery
