#pragma once

#include "cluster/admin/admin_inquiry.hpp"
#include "cluster/admin/admin_request.hpp"

#include <span>
#include <string_view>

namespace rookery {

/// One thing that an operator may ask or do, see docs/admin.md.
struct admin_route {
  /// What follows "/api/"; with a slash at the end a number follows.
  std::string_view path;
  /// What nodes are asked. A request with a problem is refused instead.
  admin_inquiry (*ask)(admin_request& request);
  /// The answer's members, from what the nodes said; may find a problem, too.
  admin_json (*show)(admin_request& request, const nodes_said& said);
};

/// Reached with GET.
std::span<const admin_route> admin_questions();

/// Reached with POST.
std::span<const admin_route> admin_actions();

/// `/api/why`.
admin_inquiry ask_why(admin_request& request);
admin_json show_why(admin_request& request, const nodes_said& said);

/// Lists the nodes for `/api/nodes`.
admin_json show_nodes(const nodes_said& said);

/// The node that a request names, or the one that is asked.
std::string node_or_self(admin_request& request);

/// How far a drain is: what answer number `drain` says of it, and answer number
/// `node` of the clients left. Null: nothing is drained.
admin_json drain_of(const admin_json& answers, std::size_t drain,
                    std::size_t node);

/// The one of GET or POST; null if there is none.
const admin_route* find_route(std::span<const admin_route> routes,
                              std::string_view path);

} // namespace rookery
