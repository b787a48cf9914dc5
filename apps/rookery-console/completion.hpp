#pragma once

#include "apps/rookery-console/api.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// What the last word of `line`, up to the cursor, may become: commands,
/// options, and names that `node` knows. The node should have short limits: an
/// operator waits. Empty where nothing fits.
std::vector<std::string> completions(std::string_view line, api& node);

} // namespace rookery::console
