#include "apps/rookery-console/target.hpp"

#include <fmt/format.h>

namespace rookery::console {

namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'
         || c == '~';
}

} // namespace

target& target::segment(std::string_view text) {
  text_ += '/';
  append(text);
  return *this;
}

target& target::with(std::string_view name, std::string_view value) {
  text_ += has_query_ ? '&' : '?';
  has_query_ = true;
  append(name);
  text_ += '=';
  append(value);
  return *this;
}

target& target::maybe(std::string_view name,
                      const std::optional<std::string>& value) {
  return value ? with(name, *value) : *this;
}

void target::append(std::string_view bytes) {
  for (const auto c : bytes)
    if (is_unreserved(c))
      text_ += c;
    else
      text_ += fmt::format("%{:02X}", static_cast<unsigned char>(c));
}

} // namespace rookery::console
