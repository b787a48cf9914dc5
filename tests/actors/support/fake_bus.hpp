#pragma once

#include "actors/interfaces.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace rookery::test {

/// A bus that only calls `publish` and `want`.
template <class Publish, class Want>
bus_actor::behavior_type idle_bus(Publish publish, Want want) {
  return {
    std::move(publish),
    std::move(want),
    [](const unwant&) {},
    [](const history_query&) {},
    [](const presence_enter&) {},
    [](const presence_leave&) {},
    [](const history_removal&) {},
    [](const presence_query&) {},
    [](const client_entered&) {},
    [](const client_left&) {},
    [](flush_atom) { return ok_atom_v; },
    [](retire_atom) { return ok_atom_v; },
    [](const bus_ledger_query&) { return bus_ledger_page{}; },
    [](const drift_query&) { return drift_report{}; },
    [](meters_atom) { return bus_meters{}; },
    [](tick_atom) {},
    [](inspect_atom) { return snapshot{}; },
  };
}

/// A passive bus: tests `expect` the messages it receives and play its part.
/// Runs on CAF's coordinator.
inline bus_actor::behavior_type fake_bus(bus_actor::pointer) {
  return idle_bus([](const publish_command&) {}, [](const want&) {});
}

} // namespace rookery::test
