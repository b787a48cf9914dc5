#include "cluster/admin/admin_routes.hpp"

#include <algorithm>

namespace rookery {

const admin_route* find_route(std::span<const admin_route> routes,
                              std::string_view path) {
  const auto found =
    std::ranges::find_if(routes, [path](const admin_route& each) {
      return each.path.ends_with('/') ? path.starts_with(each.path)
                                      : path == each.path;
    });
  return found == routes.end() ? nullptr : &*found;
}

std::string node_or_self(admin_request& request) {
  auto node = request.text("node");
  return node.empty() ? std::string{self_node} : node;
}

} // namespace rookery
