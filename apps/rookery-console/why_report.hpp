#pragma once

#include "apps/rookery-console/session.hpp"

namespace rookery::console {

/// Shows the answer of `/api/why`: findings first, then what they rest on.
void print_why(session& now, const json& body);

} // namespace rookery::console
