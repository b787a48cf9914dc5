#include "bench/limit/client_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rookery::limit {

namespace {

constexpr std::size_t mask_size = 4;

void unmask(std::span<char> payload, const char* mask) {
  // Unmask word by word: the compiler makes vector instructions of it.
  std::uint32_t key;
  std::memcpy(&key, mask, mask_size);
  std::size_t i = 0;
  for (; i + mask_size <= payload.size(); i += mask_size) {
    std::uint32_t word;
    std::memcpy(&word, payload.data() + i, mask_size);
    word ^= key;
    std::memcpy(payload.data() + i, &word, mask_size);
  }
  for (; i < payload.size(); ++i)
    payload[i] = static_cast<char>(payload[i] ^ mask[i % mask_size]);
}

} // namespace

frame_status take_frame(std::span<char>& bytes, client_frame& result) {
  if (bytes.size() < 2)
    return frame_status::partial;
  const auto octet = [&](std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
  };
  const bool whole = (octet(0) & 0xf0) == 0x80;
  const bool masked = (octet(1) & 0x80) != 0;
  std::size_t length = octet(1) & 0x7f;
  if (!whole || !masked || length == 127)
    return frame_status::broken;
  const std::size_t mask_at = length == 126 ? 4 : 2;
  const std::size_t begin = mask_at + mask_size;
  if (bytes.size() < begin)
    return frame_status::partial;
  if (length == 126)
    length = static_cast<std::size_t>(octet(2)) << 8 | octet(3);
  if (bytes.size() < begin + length)
    return frame_status::partial;
  const auto payload = bytes.subspan(begin, length);
  unmask(payload, bytes.data() + mask_at);
  result.kind = static_cast<opcode>(octet(0) & 0x0f);
  result.payload = {payload.data(), payload.size()};
  bytes = bytes.subspan(begin + length);
  return frame_status::complete;
}

} // namespace rookery::limit
