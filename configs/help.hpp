#pragma once

#include <string>

namespace rookery {

/// The answer to --help, for 80 columns.
std::string help_text();

} // namespace rookery
