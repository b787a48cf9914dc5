#pragma once

#include "configs/settings.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Returns what is wrong with the settings of the hooks.
std::vector<std::string> check_hooks(const settings& given);

} // namespace rookery
