#pragma once

#include "cluster/admin/admin_routes.hpp"

#include <span>

namespace rookery {

/// Returns the routes of GET requests.
std::span<const admin_route> admin_queries();

} // namespace rookery
