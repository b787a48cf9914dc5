#pragma once

#include "actors/message/node_query.hpp"

#include <nlohmann/json_fwd.hpp>

namespace rookery {

nlohmann::json to_json(const node_query& query);

/// Returns an `unknown_query` if this version does not know the kind, or if a
/// part is missing.
node_query read_node_query(const nlohmann::json& from);

} // namespace rookery
