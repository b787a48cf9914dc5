#pragma once

#include "configs/setting_key.hpp"

#include <string>
#include <string_view>

namespace rookery {

/// The source of a value, which decides how it is quoted.
enum class value_source : std::uint8_t {
  file,         ///< strings in quotes, lists in brackets
  command_line, ///< strings as they are; lists may be separated by commas
};

/// Parses `text` and stores the value, in a namespace that is created if
/// needed. Returns false and stores nothing if `text` is not among
/// `describe_values(*key.entry)`.
[[nodiscard]] bool assign(settings& target, const setting_key& key,
                          std::string_view text, value_source source);

/// Writes the value of `entry` so that `assign` reads it from a file.
std::string format_value(const settings& source, const setting& entry);

/// Says in words what values `entry` takes, e.g. "an integer from 0 to 65535".
std::string describe_values(const setting& entry);

} // namespace rookery
