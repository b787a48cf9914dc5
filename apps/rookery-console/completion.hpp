#pragma once

#include "apps/rookery-console/api.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// Candidates for the last word of `line`, up to the cursor: commands, options,
/// and names that `node` knows. Use short time limits for `node`: an operator
/// is waiting. Empty if no candidate fits.
std::vector<std::string> completions(std::string_view line, api& node);

} // namespace rookery::console
