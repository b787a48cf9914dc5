#pragma once

#include "actors/interfaces.hpp"
#include "cluster/admin/metrics_text.hpp"

namespace rookery {

/// What a node is and has counted, as its loops and buses told it. What did not
/// answer in time counts as nothing.
struct node_facts {
  node_metrics metrics;
  drain_report drain;
  bool has_redis = false;
};

} // namespace rookery
