#pragma once

#include "cluster/admin/admin_routes.hpp"

#include <span>

namespace rookery {

/// The paths that are reached with GET.
std::span<const admin_route> admin_queries();

} // namespace rookery
