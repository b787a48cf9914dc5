#pragma once

#include "configs/settings.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Checks how the options of channels fit together, in every namespace, and how
/// many of those there are. Returns every problem found, each beginning with
/// the key it is about.
std::vector<std::string> check_channels(const settings& given);

} // namespace rookery
