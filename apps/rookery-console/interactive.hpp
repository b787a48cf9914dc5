#pragma once

#include "apps/rookery-console/node_access.hpp"
#include "apps/rookery-console/session.hpp"

namespace rookery::console {

/// Runs commands from the prompt until the operator quits.
status run_interactively(session& now, const node_access& where,
                         const program_options& asked);

} // namespace rookery::console
