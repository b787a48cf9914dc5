#pragma once

#include <cstdint>
#include <sys/types.h>
#include <vector>

namespace rookery::bench {

/// The resources of the processes of the server under test, as the kernel
/// reports them.
struct server_usage {
  /// Processor time of all live threads, in nanoseconds.
  std::uint64_t cpu = 0;
  /// Resident memory in bytes.
  std::uint64_t resident = 0;
  std::uint64_t descriptors = 0;

  /// Throws std::runtime_error if a process has ended or cannot be read.
  static server_usage of(const std::vector<pid_t>& pids);
};

/// Processor time of this process in nanoseconds.
std::uint64_t own_cpu();

} // namespace rookery::bench
