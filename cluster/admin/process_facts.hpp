#pragma once

#include "actors/record/node_facts.hpp"

namespace rookery {

/// Reads the figures of this process from the kernel; 0 if the kernel has none.
/// Any thread.
process_facts read_process_facts();

} // namespace rookery
