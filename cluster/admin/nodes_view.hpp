#pragma once

#include "cluster/admin/query_nodes.hpp"

#include <cstddef>

/// Shows nodes and their drains as JSON.
namespace rookery {

/// Lists the nodes for `/api/nodes`, from their answers to a `state_query`.
admin_json show_nodes(const query_answers& answers);

/// Shows a drain: answer number `drain` is its report, answer number `state`
/// has the number of clients left. Returns null if no drain is under way.
admin_json drain_progress(const admin_json& answers, std::size_t drain,
                          std::size_t state);

} // namespace rookery
