#include "cluster/shared/base64.hpp"

#include <cstdint>

namespace rookery {

namespace {

// Returns what `c` stands for, or -1; `last` holds the digits 62 and 63.
int digit(char c, std::string_view last) {
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  if (c == last[0])
    return 62;
  return c == last[1] ? 63 : -1;
}

std::optional<std::string> decode(std::string_view digits,
                                  std::string_view last) {
  if (digits.size() % 4 == 1)
    return std::nullopt;
  std::string result;
  result.reserve(digits.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const auto c : digits) {
    const auto value = digit(c, last);
    if (value < 0)
      return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      result += static_cast<char>(bits >> count & 0xFF);
    }
  }
  const auto stray_bits = bits & ((1U << count) - 1);
  return stray_bits == 0 ? std::optional{result} : std::nullopt;
}

} // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0)
    return std::nullopt;
  for (auto i = 0; i < 2 && text.ends_with('='); ++i)
    text.remove_suffix(1);
  return decode(text, "+/");
}

std::optional<std::string> decode_base64url(std::string_view text) {
  return decode(text, "-_");
}

} // namespace rookery
