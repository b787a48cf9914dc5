#pragma once

#include "cluster/admin/admin_routes.hpp"

#include <span>

namespace rookery {

/// The paths that are reached with POST.
std::span<const admin_route> admin_actions();

} // namespace rookery
