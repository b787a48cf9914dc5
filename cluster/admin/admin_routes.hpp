#pragma once

#include "cluster/admin/admin_request.hpp"
#include "cluster/admin/query_nodes.hpp"

#include <span>
#include <string>
#include <string_view>

namespace rookery {

/// A path of the admin API, see docs/admin.md.
struct admin_route {
  /// The part after "/api/". If it ends with a slash, a number follows.
  std::string_view path;
  /// Makes the query for the nodes. It is not sent if the request has a
  /// problem.
  operator_query (*ask)(admin_request& request);
  /// Makes the members of the answer from the answers of the nodes. It may also
  /// find a problem in the request.
  admin_json (*show)(admin_request& request, const query_answers& answers);
};

/// Returns the route of `path`, or null if there is none.
const admin_route* find_route(std::span<const admin_route> routes,
                              std::string_view path);

/// Returns the node that the request names, or `self_node` if it names none.
std::string node_or_self(admin_request& request);

} // namespace rookery
