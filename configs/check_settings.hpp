#pragma once

#include "configs/settings.hpp"

#include <string>
#include <vector>

namespace rookery {

/// Checks what a single value's type and range cannot say: the meaning of
/// strings and how settings fit together. Returns every problem found, each
/// beginning with the key it is about; none tells a secret.
std::vector<std::string> check_settings(const settings& given);

/// Whether the node listens where it can be reached from beyond this machine.
bool is_exposed(const settings& given);

/// Whether there are keys that tokens can be verified with.
bool has_token_keys(const settings::token_settings& token);

} // namespace rookery
