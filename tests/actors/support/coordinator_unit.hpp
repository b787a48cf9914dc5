#pragma once

#include <caf/actor_system.hpp>
#include <caf/execution_unit.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

namespace rookery::test {

/// An execution unit that forwards to CAF's test coordinator, so that pinned
/// actors take part in `inject` and `expect`.
class coordinator_unit final : public caf::execution_unit {
public:
  explicit coordinator_unit(caf::actor_system& system)
    : execution_unit{&system} {}

  void exec_later(caf::resumable* job) override {
    system().scheduler().enqueue(job);
  }
};

} // namespace rookery::test
