#pragma once

#include "actors/interfaces.hpp"

#include <caf/actor_system.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::test {

/// The messages of a bus to a channel actor, in order: "confirm",
/// "gap:<reason>", and the bytes of each publication.
using channel_record = std::vector<std::string>;

/// Returns the behavior of a channel actor that passes on what a bus sends,
/// publications to `delivered`, the rest as text to `note`, and ignores
/// members.
inline channel_actor::behavior_type recording_behavior(
  std::function<void(const delivery&)> delivered,
  std::function<void(std::string)> note, std::function<void()> retire = [] {}) {
  return {
    std::move(delivered),
    [note](confirm_atom) { note("confirm"); },
    [note](const gapped& gap) {
      note("gap:" + std::string{to_string(gap.reason)});
    },
    [](const history_answer&) {},
    [](tick_atom) {},
    [](beat_atom) {},
    [](join_atom, const subscription_ptr&) {},
    [](resume_atom, const subscription_ptr&) {},
    [](const departure&) {},
    [retire = std::move(retire)](retire_atom) { retire(); },
    [](proceed_atom) {},
    [](inspect_atom) { return snapshot{}; },
  };
}

/// A channel actor on CAF's test coordinator that records its messages. With
/// `keep` it also keeps the deliveries, as if it were behind.
inline actor_ref<channel_actor>
spawn_recorder(caf::actor_system& system, channel_record& record,
               std::vector<delivery>* keep = nullptr) {
  return actor_ref<channel_actor>{
    system.spawn([&record, keep]() -> channel_actor::behavior_type {
      return recording_behavior(
        [&record, keep](const delivery& next) {
          record.emplace_back(next.what->data());
          if (keep != nullptr)
            keep->push_back(next);
        },
        [&record](std::string line) { record.push_back(std::move(line)); });
    })};
}

} // namespace rookery::test
