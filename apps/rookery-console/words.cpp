#include "apps/rookery-console/words.hpp"

namespace rookery::console {

std::optional<std::vector<std::string>> split_words(std::string_view line) {
  std::vector<std::string> result;
  bool inside = false; // inside a word, which may be empty quotes
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto c = line[i];
    if (quote == '\0' && (c == ' ' || c == '\t')) {
      inside = false;
      continue;
    }
    if (!inside)
      result.emplace_back();
    inside = true;
    if (c == '\\' && quote != '\'' && i + 1 < line.size())
      result.back() += line[++i];
    else if (quote == '\0' && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = '\0';
    else
      result.back() += c;
  }
  return quote == '\0' ? std::optional{result} : std::nullopt;
}

std::string quoted_word(std::string_view word) {
  if (!word.empty()
      && word.find_first_of(" \t\"'\\$`*?!#&;|<>(){}[]~")
           == std::string_view::npos)
    return std::string{word};
  std::string result = "'";
  for (const auto c : word)
    result += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return result + "'";
}

} // namespace rookery::console
