#pragma once

#include "apps/rookery-console/command.hpp"

namespace rookery::console {

/// The option that answers the question beforehand.
inline const parameter consent_option{.name = "--yes",
                                      .help = "Do not ask first"};

/// Asks `question` before clients are ended, where there is somebody to ask.
bool consents(session& now, const arguments& given,
              const std::string& question);

} // namespace rookery::console
