#pragma once

#include <cstddef>
#include <string_view>

namespace rookery {

/// The maximum number of arrays and objects around a value in JSON that is read
/// into a tree: code that walks a tree calls itself once per level.
inline constexpr std::size_t max_json_depth = 128;

/// Returns true if `text`, read as JSON, nests arrays and objects deeper than
/// `limit`. Text that is no JSON gets either answer.
constexpr bool is_nested_deeper(std::string_view text,
                                std::size_t limit = max_json_depth) noexcept {
  std::size_t depth = 0;
  bool is_in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = text[i];
    if (is_in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        is_in_string = false;
    } else if (c == '"') {
      is_in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > limit)
        return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

} // namespace rookery
