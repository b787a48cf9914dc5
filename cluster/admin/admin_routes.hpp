#pragma once

#include "cluster/admin/admin_request.hpp"
#include "cluster/admin/query_nodes.hpp"

#include <span>
#include <string>
#include <string_view>

namespace rookery {

/// One path of the admin API, see docs/admin.md.
struct admin_route {
  /// The part after "/api/"; with a slash at the end a number follows.
  std::string_view path;
  /// Makes the query for the nodes. A request with a problem is refused
  /// instead.
  operator_query (*ask)(admin_request& request);
  /// Makes the answer's members from the answers of the nodes; may find a
  /// problem, too.
  admin_json (*show)(admin_request& request, const query_answers& said);
};

/// Returns the route of `path`, or null if there is none.
const admin_route* find_route(std::span<const admin_route> routes,
                              std::string_view path);

/// The node that a request names, or the one that is asked.
std::string node_or_self(admin_request& request);

} // namespace rookery
