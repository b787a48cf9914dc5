#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reading of small JSON texts (`carrying_json`) that keeps values as they were
/// written. All functions return nullopt for other texts.
namespace rookery {

/// The members of an object: the JSON text of each value by name.
using json_object = std::map<std::string, std::string, std::less<>>;

/// Reads a text that is one object, in which no name occurs twice; its values
/// are not judged beyond the grammar.
std::optional<json_object> parse_json_object(std::string_view text);

/// Reads a text that is one string.
std::optional<std::string> parse_json_string(std::string_view text);

/// Reads a text that is one array of strings.
std::optional<std::vector<std::string>>
parse_json_strings(std::string_view text);

/// Reads a text that is one array. Returns the JSON text of each element.
std::optional<std::vector<std::string>> parse_json_array(std::string_view text);

/// Returns true if `text` is one JSON value that can be passed on unread
/// (`relayed_json`).
bool is_json(std::string_view text);

} // namespace rookery
