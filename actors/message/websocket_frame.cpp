#include "actors/message/websocket_frame.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rookery {

namespace {

constexpr unsigned char final_bit = 0x80;

enum opcode : unsigned char { text = 1, binary = 2, close = 8, ping = 9 };

struct header {
  std::array<unsigned char, 10> bytes;
  std::size_t size;

  header(opcode code, std::uint64_t payload_size) {
    bytes[0] = final_bit | code;
    size = 2;
    if (payload_size < 126) {
      bytes[1] = static_cast<unsigned char>(payload_size);
    } else if (payload_size <= 0xffff) {
      bytes[1] = 126;
      append(payload_size, 2);
    } else {
      bytes[1] = 127;
      append(payload_size, 8);
    }
  }

  void append(std::uint64_t value, unsigned count) {
    while (count-- > 0)
      bytes[size++] = static_cast<unsigned char>(value >> (8 * count));
  }
};

frame_ptr encode(opcode code, std::string_view payload) {
  const header head{code, payload.size()};
  auto result = frame::allocate(head.size + payload.size());
  auto* out = std::copy_n(head.bytes.data(), head.size, result->data());
  std::copy(payload.begin(), payload.end(), out);
  return result;
}

std::string_view cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit)
    return text;
  // A continuation byte is 10xxxxxx: never cut before one.
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80)
    --limit;
  return text.substr(0, limit);
}

} // namespace

frame_ptr encode_websocket(payload_kind kind, std::string_view payload) {
  return encode(kind == payload_kind::text ? text : binary, payload);
}

frame_ptr encode_ping() {
  return encode(ping, {});
}

frame_ptr encode_close(std::uint16_t code, std::string_view reason) {
  reason = cut(reason, 123);
  std::array<char, 125> payload{static_cast<char>(code >> 8),
                                static_cast<char>(code & 0xff)};
  std::copy(reason.begin(), reason.end(), payload.begin() + 2);
  return encode(close, {payload.data(), reason.size() + 2});
}

} // namespace rookery
