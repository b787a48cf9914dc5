#pragma once

#include "configs/settings.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Checks the meaning of strings and how settings fit together, beyond the type
/// and range of single values. Returns every problem found, each beginning with
/// its key; none contains a secret.
std::vector<std::string> check_settings(const settings& given);

/// Returns true if the node listens beyond this machine's loopback interface.
bool is_exposed(const settings& given);

/// Returns true if there are keys to verify tokens with.
bool has_token_keys(const settings::token_settings& token);

} // namespace rookery
