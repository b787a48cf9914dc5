#pragma once

#include "apps/rookery-console/session.hpp"

namespace rookery::console {

/// Prints the answer of `/api/why`: the findings, then the evidence.
void print_why(session& now, const json& body);

} // namespace rookery::console
