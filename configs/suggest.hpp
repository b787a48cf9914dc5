#pragma once

#include <string_view>

namespace rookery {

/// Returns the known key that `key` is most likely meant to be, or nothing. A
/// key without a group is compared with names alone ("port").
std::string_view suggest_key(std::string_view key);

/// Returns the known group that `name` is most likely meant to be, or nothing.
std::string_view suggest_group(std::string_view name);

} // namespace rookery
