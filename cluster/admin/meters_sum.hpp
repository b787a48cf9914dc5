#pragma once

#include "actors/record/loop_meters.hpp"

#include <vector>

namespace rookery {

/// Returns the sums of the meters of all loops of a node; for kinds of actors,
/// the sum of each kind. The duration of turns is left out: it describes one
/// loop.
loop_meters sum_of(const std::vector<loop_meters>& loops);

} // namespace rookery
