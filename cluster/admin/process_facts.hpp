#pragma once

#include "actors/record/node_facts.hpp"

namespace rookery {

/// Reads the figures of this process from the kernel, 0 where it has none. Any
/// thread.
process_facts read_process_facts();

} // namespace rookery
