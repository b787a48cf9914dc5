#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// One thing a configuration file says: a key and its raw value, or
/// (`is_group`) that a group begins.
struct config_entry {
  std::string key; ///< with all groups around it: "listen.port"
  std::string text;
  std::size_t line = 0;
  bool is_group = false;
};

/// The entries of a configuration file, up to its first syntax error.
struct config_text {
  struct syntax_error {
    std::size_t line;
    std::string text; ///< never quotes the file, which may contain a secret
  };

  std::vector<config_entry> entries;
  std::optional<syntax_error> error;
};

/// Splits a configuration file into keys and raw values. Reads both notations
/// of CAF, `group { key = value }` and `[group]` sections, dotted keys, and
/// comments after `#` or `;`. CAF 0.17 has a reader, but it stops without an
/// error at an unclosed group or at "1MiB", and drops a group's second half.
config_text read_config(std::string_view source);

} // namespace rookery
