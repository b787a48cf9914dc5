#pragma once

#include "actors/interfaces.hpp"

#include <caf/actor_system.hpp>
#include <caf/execution_unit.hpp>

#include <utility>

namespace rookery {

/// Starts the bus `Bus` on `unit`, like `spawn_pinned`.
template <class Bus, class... Ts>
actor_ref<bus_actor>
spawn_bus(caf::actor_system& system, caf::execution_unit& unit, Ts&&... xs) {
  const auto started = spawn_pinned<Bus>(system, unit, std::forward<Ts>(xs)...);
  auto* actor = caf::actor_cast<caf::abstract_actor*>(started.handle());
  return {bus_actor{started.handle()}, *static_cast<Bus*>(actor)};
}

} // namespace rookery
