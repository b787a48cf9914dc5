#include "actors/message/publication_fields.hpp"

#include <cassert>

namespace rookery {

namespace {

constexpr std::size_t header_size = 3;

unsigned char byte_at(std::string_view bytes, std::size_t at) noexcept {
  return static_cast<unsigned char>(bytes[at]);
}

std::size_t length_of_first(std::string_view fields) noexcept {
  return static_cast<std::size_t>(byte_at(fields, 1) << 8 | byte_at(fields, 2));
}

} // namespace

bool is_field_list(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    if (bytes.size() < header_size
        || bytes.size() - header_size < length_of_first(bytes))
      return false;
    bytes.remove_prefix(header_size + length_of_first(bytes));
  }
  return true;
}

std::string_view publication_fields::find(field_tag tag) const noexcept {
  auto rest = bytes_;
  while (!rest.empty()) {
    const auto length = length_of_first(rest);
    if (byte_at(rest, 0) == static_cast<unsigned char>(tag))
      return rest.substr(header_size, length);
    rest.remove_prefix(header_size + length);
  }
  return {};
}

std::uint64_t publication_fields::offset() const noexcept {
  const auto bytes = find(field_tag::offset);
  if (bytes.size() != sizeof(std::uint64_t))
    return 0;
  std::uint64_t result = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    result = result << 8 | byte_at(bytes, i);
  return result;
}

publication_event publication_fields::event() const noexcept {
  const auto value = find(field_tag::event);
  if (value.size() != 1
      || byte_at(value, 0) > static_cast<unsigned>(publication_event::cleared))
    return publication_event::message;
  return static_cast<publication_event>(value[0]);
}

void append_field(std::string& out, field_tag tag, std::string_view value) {
  assert(value.size() <= longest_field);
  out += static_cast<char>(tag);
  out += static_cast<char>(value.size() >> 8);
  out += static_cast<char>(value.size() & 0xff);
  out += value;
}

void append_offset(std::string& out, std::uint64_t offset) {
  std::string bytes(sizeof offset, '\0');
  for (auto i = bytes.size(); i-- > 0; offset >>= 8)
    bytes[i] = static_cast<char>(offset & 0xff);
  append_field(out, field_tag::offset, bytes);
}

} // namespace rookery
