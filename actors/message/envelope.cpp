#include "actors/message/envelope.hpp"

#include "actors/message/position_text.hpp"
#include "configs/utf8.hpp"

#include <cassert>
#include <cstddef>

namespace rookery {

namespace {

using namespace std::literals;

constexpr auto marker = "\xffRKY"sv;
constexpr char version = 1;
constexpr std::size_t header_size = 8;

std::size_t read_size(std::string_view bytes, std::size_t at) noexcept {
  return static_cast<unsigned char>(bytes[at]) << 8
         | static_cast<unsigned char>(bytes[at + 1]);
}

unwrapped read_envelope(std::string_view message) noexcept {
  constexpr unwrapped malformed{unwrapped::verdict::malformed};
  if (message.size() <= marker.size())
    return malformed;
  if (message[4] != version)
    return {unwrapped::verdict::unknown_version};
  if (message.size() < header_size)
    return malformed;
  const auto kind = static_cast<payload_kind>(message[5]);
  const auto fields_size = read_size(message, 6);
  const auto rest = message.substr(header_size);
  if (kind > payload_kind::binary || fields_size > rest.size()
      || !is_field_list(rest.substr(0, fields_size)))
    return malformed;
  const publication_fields fields{rest.substr(0, fields_size)};
  const auto epoch = fields.find(field_tag::epoch);
  if (!epoch.empty() && !is_epoch(epoch))
    return malformed;
  const auto data = rest.substr(fields_size);
  if (kind == payload_kind::text && !is_valid_utf8(data))
    return malformed;
  return {unwrapped::verdict::wrapped, kind, data, fields};
}

} // namespace

bool has_marker(std::string_view bytes) noexcept {
  return bytes.starts_with(marker);
}

bool needs_envelope(payload_kind kind, std::string_view data,
                    publication_fields fields) noexcept {
  return kind == payload_kind::binary || !fields.bytes().empty()
         || has_marker(data);
}

std::string wrap(payload_kind kind, std::string_view data,
                 publication_fields fields) {
  const auto size = fields.bytes().size();
  assert(size <= longest_fields);
  std::string result;
  result.reserve(header_size + size + data.size());
  result += marker;
  result += version;
  result += static_cast<char>(kind);
  result += static_cast<char>(size >> 8);
  result += static_cast<char>(size & 0xff);
  result += fields.bytes();
  result += data;
  return result;
}

unwrapped unwrap(std::string_view message) noexcept {
  if (has_marker(message))
    return read_envelope(message);
  const auto kind =
    is_valid_utf8(message) ? payload_kind::text : payload_kind::binary;
  return {unwrapped::verdict::raw, kind, message};
}

} // namespace rookery
