#pragma once

#include "configs/settings.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Checks the URLs of backends, the header fields sent to them, and whether
/// each channel that asks a backend has one. Returns every problem found, each
/// beginning with the key it is about.
std::vector<std::string> check_hooks(const settings& given);

} // namespace rookery
