#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Splits and quotes the words of a line, like a shell.
namespace rookery::console {

/// Splits at spaces; quotes, single or double, and backslashes keep them.
/// Returns nullopt if a quote is not closed.
std::optional<std::vector<std::string>> split_words(std::string_view line);

/// Quotes a word so that `split_words` reads it back.
std::string quoted_word(std::string_view word);

} // namespace rookery::console
