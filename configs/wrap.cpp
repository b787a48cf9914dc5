#include "configs/wrap.hpp"

namespace rookery {

std::string wrap(std::string_view text, std::string_view prefix) {
  constexpr std::size_t columns = 80;
  std::string result;
  std::string line{prefix};
  while (!text.empty()) {
    const auto space = text.find(' ');
    const auto word = text.substr(0, space);
    if (line.size() > prefix.size()
        && line.size() + 1 + word.size() > columns) {
      result += line + '\n';
      line = prefix;
    }
    if (line.size() > prefix.size())
      line += ' ';
    line += word;
    text.remove_prefix(space == text.npos ? text.size() : space + 1);
  }
  return result + line + '\n';
}

} // namespace rookery
