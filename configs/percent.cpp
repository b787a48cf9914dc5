#include "configs/percent.hpp"

#include <charconv>

namespace rookery {

namespace {

std::optional<char> decode_digits(std::string_view digits) {
  unsigned char value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [rest, ec] = std::from_chars(digits.data(), end, value, 16);
  if (digits.size() != 2 || ec != std::errc{} || rest != end)
    return std::nullopt;
  return static_cast<char>(value);
}

} // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    if (text.front() != '%') {
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto byte = decode_digits(text.substr(1, 2));
    if (!byte)
      return std::nullopt;
    result += *byte;
    text.remove_prefix(3);
  }
  return result;
}

} // namespace rookery
