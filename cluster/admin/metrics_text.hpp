#pragma once

#include "actors/record/loop_meters.hpp"
#include "actors/record/meters.hpp"
#include "actors/record/snapshot.hpp"
#include "cluster/admin/process_facts.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// Everything that a node tells a monitoring system.
struct node_metrics {
  struct bus {
    bus_meters meters;
    snapshot facts; ///< what the bus actor answers to `inspect`
  };

  std::string version;
  bool is_ready = false;
  std::uint64_t other_nodes = 0; ///< known beside this one
  std::uint64_t users = 0;
  std::uint64_t channels = 0;
  std::uint64_t subscriptions = 0;
  process_facts process;
  std::vector<loop_meters> loops; ///< by index
  std::vector<bus> buses;
};

inline constexpr std::string_view metrics_content_type =
  "text/plain; version=0.0.4; charset=utf-8";

/// Returns them in Prometheus' text format. What only a node with Redis has is
/// left out elsewhere.
std::string metrics_text(const node_metrics& of);

} // namespace rookery
