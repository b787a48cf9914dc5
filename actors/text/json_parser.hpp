#pragma once

#include <cstddef>
#include <initializer_list>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace rookery {

/// A simdjson parser together with the padded memory it reads from. Both grow
/// in powers of two, and what a rare large text needed is given back.
class json_parser {
public:
  /// Bytes of text for which memory is kept.
  static constexpr std::size_t kept_size = 1024 * 1024;

  /// Puts the parts together in memory of this parser. The result is valid
  /// until the next call; behind it stands no character of JSON.
  std::string_view load(std::initializer_list<std::string_view> parts);

  /// Begins to parse all or a part of what was loaded; what follows the part
  /// must not be a closing bracket. UTF-8, the ends of strings and control
  /// characters in them are checked at once, everything else only by those who
  /// walk through the document. Texts it unescapes are valid until the next
  /// call.
  simdjson::simdjson_result<simdjson::ondemand::document>
  parse(std::string_view loaded);

private:
  std::string text_;
  simdjson::ondemand::parser parser_;
};

} // namespace rookery
