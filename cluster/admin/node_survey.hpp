#pragma once

#include "cluster/admin/admin_subjects.hpp"

#include <caf/duration.hpp>
#include <caf/scheduled_actor.hpp>

#include <chrono>
#include <functional>

namespace rookery {

/// The time that a loop or bus has for its answer. Shorter than the time that
/// nodes wait for each other.
inline const caf::duration survey_patience{std::chrono::milliseconds{1'500}};

/// Collects the facts of a node for the actor `self`, and calls `end` on its
/// thread.
void survey_node(caf::scheduled_actor& self, const admin_subjects& about,
                 std::function<void(node_facts)> end);

} // namespace rookery
