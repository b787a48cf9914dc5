#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// Frames of a WebSocket client, built by hand so that they can be wrong.
namespace rookery::test {

/// Returns a masked frame; `first` is its first byte: FIN, reserved bits,
/// opcode.
inline std::string client_frame(unsigned char first, std::string_view payload) {
  constexpr std::array<unsigned char, 4> key{0x11, 0xa2, 0x33, 0x44};
  const auto size = payload.size();
  const int extended = size < 126 ? 0 : size < 65536 ? 2 : 8;
  std::string result;
  result += static_cast<char>(first);
  result += static_cast<char>(0x80
                              | (extended == 0   ? size
                                 : extended == 2 ? 126u
                                                 : 127u));
  for (int i = extended - 1; i >= 0; --i)
    result += static_cast<char>(static_cast<std::uint64_t>(size) >> 8 * i);
  for (const auto byte : key)
    result += static_cast<char>(byte);
  for (std::size_t i = 0; i < size; ++i)
    result += static_cast<char>(payload[i] ^ key[i % key.size()]);
  return result;
}

inline std::string client_text(std::string_view payload) {
  return client_frame(0x81, payload);
}

/// Returns a masked close frame.
inline std::string client_close(std::uint16_t code,
                                std::string_view reason = {}) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code)};
  return client_frame(0x88, payload.append(reason));
}

/// Returns the close frame that a server sends for `code` without a reason.
inline std::string server_close(std::uint16_t code) {
  return {'\x88', '\x02', static_cast<char>(code >> 8),
          static_cast<char>(code)};
}

} // namespace rookery::test
