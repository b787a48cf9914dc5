#pragma once

#include "actors/text/json_value.hpp"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace rookery {

/// A simdjson parser together with the padded memory it reads from. Both grow
/// in powers of two, and memory that only a rare large text needed is freed.
class json_parser {
public:
  /// Bytes of text for which memory is kept.
  static constexpr std::size_t kept_size = 1024 * 1024;

  /// Copies the parts, one after the other, into memory of this parser. The
  /// result is valid until the next call; the padding after it holds no
  /// character of JSON.
  std::string_view load(std::initializer_list<std::string_view> parts);

  /// Begins to parse a loaded text or a part of it, which no closing bracket
  /// may follow. Checks UTF-8, the ends of strings and control characters in
  /// them; the walk through the document must check the rest. Texts it
  /// unescapes are valid until the next call.
  simdjson::simdjson_result<simdjson::ondemand::document>
  parse(std::string_view loaded);

  /// Checks all of `text` and returns its value, which is valid until the next
  /// call, as are texts it unescapes. Returns nullopt if `text` is not one JSON
  /// value within `limits`.
  std::optional<simdjson::ondemand::value> read_one(std::string_view text,
                                                    const json_limits& limits);

private:
  std::string text_;
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_; // of read_one
};

} // namespace rookery
