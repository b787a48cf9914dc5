#include "actors/text/json_text.hpp"

#include <cstddef>

namespace rookery {

namespace {

constexpr std::string_view replacement_character = "\xef\xbf\xbd";

bool is_ascii(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
  case '"':
    out += "\\\"";
    return;
  case '\\':
    out += "\\\\";
    return;
  case '\n':
    out += "\\n";
    return;
  case '\r':
    out += "\\r";
    return;
  case '\t':
    out += "\\t";
    return;
  default:
    out += "\\u00";
    out += digits[static_cast<std::size_t>(c >> 4)];
    out += digits[static_cast<std::size_t>(c & 0xf)];
  }
}

/// The size of the character that begins `bytes`; 0 if they are not UTF-8 (RFC
/// 3629 §4). The first byte is not ASCII.
std::size_t character_size(std::string_view bytes) noexcept {
  const auto at = [&](std::size_t i) -> unsigned {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
  };
  const auto first = at(0);
  const auto lowest = first == 0xe0 ? 0xa0u : first == 0xf0 ? 0x90u : 0x80u;
  const auto highest = first == 0xed ? 0x9fu : first == 0xf4 ? 0x8fu : 0xbfu;
  if (first < 0xc2 || first > 0xf4 || at(1) < lowest || at(1) > highest)
    return 0;
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  for (std::size_t i = 2; i < size; ++i)
    if (at(i) < 0x80 || at(i) > 0xbf)
      return 0;
  return size;
}

/// The size of the character that begins `bytes` if it needs no escape, else 0.
std::size_t clean_size(std::string_view bytes) noexcept {
  const auto c = bytes.front();
  if (!is_ascii(c))
    return character_size(bytes);
  return c >= ' ' && c != '"' && c != '\\' ? 1 : 0;
}

/// The size of the text that begins `bytes` and needs no escape.
std::size_t clean_prefix(std::string_view bytes) noexcept {
  std::size_t result = 0;
  while (result < bytes.size()) {
    const auto size = clean_size(bytes.substr(result));
    if (size == 0)
      break;
    result += size;
  }
  return result;
}

} // namespace

void append_json_string(std::string& out, std::string_view bytes) {
  out += '"';
  for (;;) {
    const auto clean = clean_prefix(bytes);
    out += bytes.substr(0, clean);
    bytes.remove_prefix(clean);
    if (bytes.empty())
      break;
    if (is_ascii(bytes.front()))
      append_escape(out, bytes.front());
    else
      out += replacement_character;
    bytes.remove_prefix(1);
  }
  out += '"';
}

} // namespace rookery
