#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Single values of configuration files and command lines, as text.
namespace rookery {

/// Reads a decimal integer without leading zeros; no sign but '-'.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// Reads an integer, or one with the unit KiB, MiB or GiB ("16KiB").
std::optional<std::int64_t> parse_bytes(std::string_view text);

/// Reads CAF's timespans down to milliseconds: "250ms", "25s", "5min", "1h".
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Reads "true" or "false".
std::optional<bool> parse_boolean(std::string_view text);

/// Reads a string in double quotes, with CAF's escapes.
std::optional<std::string> parse_quoted(std::string_view text);

/// Reads a list of strings in CAF's notation: `["a", "b"]`.
std::optional<std::vector<std::string>> parse_list(std::string_view text);

/// Writes what `parse_duration` reads, in the largest unit that is exact.
std::string format_duration(std::chrono::milliseconds value);

/// Writes an exact multiple as "16 KiB", "1 MiB" or "2 GiB", else the number.
std::string format_bytes(std::int64_t value);

/// Writes what `parse_quoted` reads.
std::string format_quoted(std::string_view value);

/// Writes what `parse_list` reads.
std::string format_list(const std::vector<std::string>& values);

} // namespace rookery
