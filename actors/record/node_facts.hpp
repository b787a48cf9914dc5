#pragma once

#include "actors/message/drain.hpp"
#include "actors/record/loop_meters.hpp"
#include "actors/record/meters.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace rookery {

/// The figures that the kernel reports for this process.
struct process_facts {
  std::uint64_t resident_bytes = 0;
  double start_time = 0; ///< in seconds of Unix time
};

/// The state and the counters of a node. Loops and buses that did not answer in
/// time are left out.
struct node_facts {
  std::string version;
  bool is_ready = false;
  bool has_redis = false;
  std::uint64_t other_nodes = 0; ///< of the cluster, as far as they are known
  std::uint64_t strangers = 0;   ///< nodes that are not understood
  process_facts process;
  drain_report drain;
  std::vector<loop_meters> loops; ///< by index
  std::vector<bus_meters> buses;
};

} // namespace rookery
