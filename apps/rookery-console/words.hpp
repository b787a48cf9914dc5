#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Lines that an operator types, as a shell would read them.
namespace rookery::console {

/// Splits at spaces; quotes, single or double, and backslashes keep them.
/// Nothing where a quote stays open.
std::optional<std::vector<std::string>> split_words(std::string_view line);

/// Writes a word so that `split_words` reads it back.
std::string quoted_word(std::string_view word);

} // namespace rookery::console
