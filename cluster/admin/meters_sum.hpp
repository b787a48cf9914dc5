#pragma once

#include "actors/record/loop_meters.hpp"

#include <vector>

namespace rookery {

/// All loops of a node as one; kinds of actors stay apart. How long the loops'
/// turns take is left out: that tells of one loop.
loop_meters sum_of(const std::vector<loop_meters>& loops);

} // namespace rookery
