#include "bench/limit/frame_batch.hpp"

#include <cstdint>

namespace rookery::limit {

namespace {

/// Writes the header of an unmasked frame (RFC 6455, 5.2).
void put_header(std::string& frame, opcode kind, std::uint64_t length) {
  const auto put = [&](std::uint64_t octet) {
    frame.push_back(static_cast<char>(octet));
  };
  const auto put_length = [&](int octets) {
    while (octets-- > 0)
      put(length >> (8 * octets) & 0xff);
  };
  put(0x80 | static_cast<unsigned char>(kind));
  if (length < 126) {
    put(length);
  } else if (length < 0x10000) {
    put(126);
    put_length(2);
  } else {
    put(127);
    put_length(8);
  }
}

} // namespace

void frame_batch::add(opcode kind, std::string_view payload) {
  if (frames_.size() == pieces_.size())
    frames_.emplace_back();
  auto& frame = frames_[pieces_.size()];
  frame.clear();
  put_header(frame, kind, payload.size());
  frame += payload;
  pieces_.push_back({frame.data(), frame.size()});
}

} // namespace rookery::limit
