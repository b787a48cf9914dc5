#pragma once

#include <cstddef>
#include <cstdint>

namespace rookery {

/// Follows the frame boundaries (RFC 6455 §5.2) of a client's byte stream. It
/// validates nothing: that is Beast's work.
class frame_tracker {
public:
  /// Returns how many of the `size` bytes at `bytes` belong to the current
  /// frame, and moves past them. At least one, unless `size` is zero.
  std::size_t take(const unsigned char* bytes, std::size_t size) noexcept;

  /// True when no frame and no fragmented message has begun.
  bool between_messages() const noexcept {
    return in_header_ && have_ == 0 && !fragmented_;
  }

  /// True once a fragmented message has ended with an empty frame: Beast 1.81
  /// does not finish its UTF-8 check then. It lets invalid text through, and
  /// the check's state would reach the next message.
  bool tainted() const noexcept { return tainted_; }

  /// Fragments without payload in the current message, the last one excepted.
  unsigned empty_fragments() const noexcept { return empty_fragments_; }

  /// Counts frames since the start, and begins anew after the last number.
  std::uint32_t frames() const noexcept { return frames_; }

private:
  void header_byte(unsigned char byte) noexcept;
  void end_header() noexcept;

  std::uint64_t left_ = 0;
  unsigned empty_fragments_ = 0;
  std::uint32_t frames_ = 0;
  std::uint8_t first_ = 0;
  std::uint8_t have_ = 0;
  std::uint8_t need_ = 2;
  std::uint8_t extended_ = 0;
  bool in_header_ = true;
  bool fragmented_ = false;
  bool tainted_ = false;
};

} // namespace rookery
