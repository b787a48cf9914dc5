#pragma once

#include "cluster/admin/admin_routes.hpp"

#include <span>

namespace rookery {

/// Returns the routes of POST requests.
std::span<const admin_route> admin_actions();

} // namespace rookery
