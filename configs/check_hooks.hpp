#pragma once

#include "configs/settings.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Checks the URLs of backends, the header fields sent to them, and whether
/// each channel that asks a backend has one. Returns every problem found, each
/// beginning with the key it is about.
std::vector<std::string> check_hooks(const settings& given);

/// Returns true if a backend decides about anything.
bool asks_backends(const settings::hook_settings& hooks);

/// Returns true if hooks get the credentials that browsers add to requests by
/// themselves: a page of any origin could then connect in the name of its
/// visitor.
bool forwards_credentials(const settings::hook_settings& hooks);

} // namespace rookery
