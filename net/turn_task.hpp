#pragma once

namespace rookery {

/// What wants to do something once a turn has produced all it will; see
/// `io_loop::at_turn_end`.
class turn_task {
public:
  virtual void end_turn() = 0;

protected:
  ~turn_task() = default;
};

} // namespace rookery
