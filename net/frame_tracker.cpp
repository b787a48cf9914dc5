#include "net/frame_tracker.hpp"

#include <algorithm>

namespace rookery {

std::size_t frame_tracker::take(const unsigned char* bytes,
                                std::size_t size) noexcept {
  std::size_t used = 0;
  while (in_header_ && used < size) {
    header_byte(bytes[used++]);
    if (in_header_ && have_ == 0)
      return used; // the frame has no payload
  }
  if (in_header_)
    return used;
  const auto body = std::min<std::uint64_t>(left_, size - used);
  left_ -= body;
  in_header_ = left_ == 0;
  return used + static_cast<std::size_t>(body);
}

void frame_tracker::header_byte(unsigned char byte) noexcept {
  if (have_ == 0) {
    first_ = byte;
  } else if (have_ == 1) {
    const unsigned length = byte & 0x7f;
    const bool masked = (byte & 0x80) != 0;
    extended_ = length == 126 ? 2 : length == 127 ? 8 : 0;
    need_ = static_cast<std::uint8_t>(2 + extended_ + (masked ? 4 : 0));
    left_ = extended_ > 0 ? 0 : length;
  } else if (have_ < 2 + extended_) {
    left_ = left_ << 8 | byte;
  }
  ++have_;
  if (have_ >= 2 && have_ >= need_)
    end_header();
}

void frame_tracker::end_header() noexcept {
  const bool is_final = (first_ & 0x80) != 0;
  const unsigned opcode = first_ & 0x0f;
  if (opcode < 8) {
    fragmented_ = !is_final;
    if (is_final) {
      empty_fragments_ = 0;
      tainted_ = tainted_ || (opcode == 0 && left_ == 0);
    } else if (left_ == 0) {
      ++empty_fragments_;
    }
  }
  ++frames_;
  in_header_ = left_ == 0;
  have_ = 0;
}

} // namespace rookery
