#include "actors/json_text.hpp"

#include "configs/utf8.hpp"

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

/// Size of the character that begins `bytes` if it can stay as it is, else 0.
std::size_t clean_size(std::string_view bytes, bool is_utf8) {
  const auto first = static_cast<unsigned char>(bytes.front());
  if (first < 0x80)
    return first >= 0x20 && first != '"' && first != '\\' ? 1 : 0;
  if (is_utf8)
    return 1;
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return size <= bytes.size() && is_valid_utf8(bytes.substr(0, size)) ? size
                                                                      : 0;
}

} // namespace

void append_json_string(std::string& out, std::string_view bytes) {
  const auto is_utf8 = is_valid_utf8(bytes);
  out += '"';
  while (!bytes.empty()) {
    std::size_t clean = 0;
    while (clean < bytes.size()) {
      const auto size = clean_size(bytes.substr(clean), is_utf8);
      if (size == 0)
        break;
      clean += size;
    }
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
