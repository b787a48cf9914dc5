#pragma once

#include "actors/interfaces.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <vector>

namespace rookery {

/// State of the actor that collects from all loops of the node.
struct admin_state {
  static inline const char* name = "admin";

  std::vector<actor_ref<loop_actor>> loops;
  std::chrono::steady_clock::time_point born = std::chrono::steady_clock::now();
  std::uint64_t handled = 0;
};

/// Answers for the node: asks every loop, merges what they say. Runs on CAF's
/// scheduler, away from the loops. A loop that does not answer within
/// two seconds makes the answer an error.
admin_actor::behavior_type
admin(admin_actor::stateful_pointer<admin_state> self,
      std::vector<actor_ref<loop_actor>> loops);

} // namespace rookery
