#pragma once

#include <cstddef>
#include <optional>
#include <simdjson.h>
#include <string_view>

/// The checks of JSON values that simdjson's on-demand API leaves to its
/// callers.
namespace rookery {

/// The limits of a JSON value within the grammar of RFC 8259.
struct json_limits {
  /// Levels of arrays and objects, the outermost one included.
  std::size_t depth;

  /// Fail if a name occurs twice in an object, a number does not fit a double,
  /// or an escape is an unpaired surrogate.
  bool is_strict;
};

/// The limits of JSON that is passed on unread; the parsers of browsers accept
/// all JSON within them.
inline constexpr json_limits relayed_json{128, false};

/// The limits of texts with such JSON inside: tokens, answers of backends and
/// API commands, which wrap it in a few levels.
inline constexpr json_limits carrying_json{relayed_json.depth + 8, false};

/// The limits of JSON that must have one meaning for every reader.
inline constexpr json_limits strict_json{32, true};

/// Reads all of `value` and returns its text without white space around it.
/// Returns nullopt if it is not JSON by RFC 8259 or exceeds `limits`. The value
/// is consumed.
std::optional<std::string_view>
read_json(simdjson::ondemand::value& value,
          const json_limits& limits = relayed_json);

/// Returns true if the one value of a document, already consumed, is also the
/// end of the document.
bool is_at_end(simdjson::ondemand::document& document);

} // namespace rookery
