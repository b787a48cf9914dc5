#pragma once

#include <cstddef>
#include <optional>
#include <simdjson.h>
#include <string_view>

/// The checks that simdjson's on-demand values leave to those who read them.
namespace rookery {

/// How deep arrays and objects may be nested in a value.
inline constexpr std::size_t max_json_nesting = 128;

/// Walks through all of `value` and returns its text without white space
/// around it, or nothing if it is not JSON by RFC 8259 or nested too deeply.
/// Numbers of any size pass, and so do unpaired surrogates in escapes: the
/// grammar allows both, and so do the parsers of browsers. The value is
/// consumed.
std::optional<std::string_view> read_json(simdjson::ondemand::value& value);

/// Whether nothing follows the one value of a document, which is consumed.
bool is_at_end(simdjson::ondemand::document& document);

} // namespace rookery
