#pragma once

#include "actors/interfaces.hpp"

#include <vector>

namespace rookery {

/// What a node is and has counted, as its loops and buses told it. Those that
/// did not answer in time are missing.
struct node_facts {
  std::vector<loop_meters> loops;
  std::vector<bus_meters> bus_counts;
  std::vector<snapshot> buses;
  node_counts counts;
  drain_report drain;
  bool has_redis = false;
  bool is_ready = false;
};

} // namespace rookery
