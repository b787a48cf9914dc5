#pragma once

#include <cstdint>

namespace rookery {

/// What the kernel knows of this process.
struct process_facts {
  std::uint64_t resident_bytes = 0;
  double start_time = 0; ///< in seconds of Unix time
};

/// Any thread. Zero where the kernel does not tell.
process_facts read_process_facts();

} // namespace rookery
