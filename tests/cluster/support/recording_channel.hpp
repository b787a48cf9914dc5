#pragma once

#include "actors/interfaces.hpp"

#include <caf/actor_system.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <string>
#include <vector>

namespace rookery::test {

/// The messages of a bus to a channel actor, in order: "confirm",
/// "gap:<reason>", and the bytes of each publication.
using channel_record = std::vector<std::string>;

/// A channel actor on CAF's test coordinator that records its messages. With
/// `keep` it also keeps the deliveries, as if it were behind.
inline actor_ref<channel_actor>
spawn_recorder(caf::actor_system& system, channel_record& record,
               std::vector<delivery>* keep = nullptr) {
  return actor_ref<channel_actor>{
    system.spawn([&record, keep]() -> channel_actor::behavior_type {
      return {
        [&record, keep](const delivery& next) {
          record.emplace_back(next.what->data());
          if (keep != nullptr)
            keep->push_back(next);
        },
        [&record](confirm_atom) { record.emplace_back("confirm"); },
        [&record](const gapped& gap) {
          record.push_back("gap:" + std::string{to_string(gap.reason)});
        },
        [](const history_answer&) {},
        [](tick_atom) {},
        [](beat_atom) {},
        [](join_atom, const subscription_ptr&) {},
        [](resume_atom, const subscription_ptr&) {},
        [](const departure&) {},
        [](retire_atom) {},
        [](proceed_atom) {},
        [](inspect_atom) { return snapshot{}; },
      };
    })};
}

} // namespace rookery::test
