#include "apps/rookery-console/text.hpp"

#include <clocale>
#include <cwchar>
#include <fmt/format.h>
#include <langinfo.h>

namespace rookery::console {

namespace {

struct character {
  wchar_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

character first_of(std::string_view text) {
  std::mbstate_t state{};
  character result;
  const auto length =
    std::mbrtowc(&result.code, text.data(), text.size(), &state);
  result.valid = length <= text.size() && text.front() != '\0';
  result.bytes = result.valid ? length : 1;
  return result;
}

// Direction marks, direction overrides and invisible line separators.
bool misleads(wchar_t code) {
  return (code >= 0x200b && code <= 0x200f)
         || (code >= 0x2028 && code <= 0x202e)
         || (code >= 0x2060 && code <= 0x206f) || code == 0x61c
         || code == 0xfeff;
}

void append_escaped(std::string& out, const character& c,
                    std::string_view bytes) {
  const auto byte = static_cast<unsigned char>(bytes.front());
  if (c.valid && c.code >= 0x80)
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.code));
  else if (byte == '\n')
    out += "\\n";
  else if (byte == '\t')
    out += "\\t";
  else if (byte == '\r')
    out += "\\r";
  else
    out += fmt::format("\\x{:02x}", byte);
}

} // namespace

void use_utf8() {
  std::setlocale(LC_CTYPE, "");
  if (std::string_view{nl_langinfo(CODESET)} != "UTF-8")
    std::setlocale(LC_CTYPE, "C.UTF-8");
}

std::string escaped(std::string_view bytes) {
  std::string result;
  while (!bytes.empty()) {
    const auto c = first_of(bytes);
    if (c.valid && wcwidth(c.code) >= 0 && !misleads(c.code))
      result += bytes.substr(0, c.bytes);
    else
      append_escaped(result, c, bytes);
    bytes.remove_prefix(c.bytes);
  }
  return result;
}

std::string escaped_lines(std::string_view bytes) {
  std::string result;
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    result += escaped(bytes.substr(0, end));
    if (end == std::string_view::npos)
      break;
    result += '\n';
    bytes.remove_prefix(end + 1);
  }
  return result;
}

std::size_t width_of(std::string_view text) {
  std::size_t result = 0;
  while (!text.empty()) {
    const auto c = first_of(text);
    const auto columns = c.valid ? wcwidth(c.code) : 1;
    result += columns > 0 ? static_cast<std::size_t>(columns) : 0;
    text.remove_prefix(c.bytes);
  }
  return result;
}

std::string cut(std::string_view text, std::size_t columns) {
  if (width_of(text) <= columns)
    return std::string{text};
  if (columns == 0)
    return {};
  std::string result;
  std::size_t used = 0;
  while (!text.empty()) {
    const auto c = first_of(text);
    const auto next = used + width_of(text.substr(0, c.bytes));
    if (next > columns - 1)
      break;
    used = next;
    result += text.substr(0, c.bytes);
    text.remove_prefix(c.bytes);
  }
  return result + "…";
}

} // namespace rookery::console
