#pragma once

#include "apps/rookery-console/command.hpp"

namespace rookery::console {

/// The option that answers the question in advance.
inline const parameter consent_option{.name = "--yes",
                                      .help = "Do not ask first"};

/// Asks the operator to confirm `question` before clients are disconnected.
/// Returns true without asking if there is no operator at a terminal.
bool consents(session& now, const arguments& given,
              const std::string& question);

} // namespace rookery::console
