#pragma once

#include <cstdint>

namespace rookery::bench {

/// Judges the messages one member receives from one publisher.
class sequence_tracker {
public:
  enum class verdict { expected, early, late, duplicate };

  /// `early`: something before it is missing so far. `late`: it fills such a
  /// hole, out of order. Holes further back than 64 are forgotten: what
  /// arrives for them counts as a duplicate.
  verdict see(std::uint32_t sequence) {
    if (sequence == next_) {
      seen_ = seen_ << 1 | 1;
      ++next_;
      return verdict::expected;
    }
    if (sequence > next_) {
      const auto step = sequence - next_ + 1;
      seen_ = step < 64 ? seen_ << step | 1 : 1;
      next_ = sequence + 1;
      return verdict::early;
    }
    const auto age = next_ - 1 - sequence;
    if (age >= 64 || (seen_ >> age & 1) != 0)
      return verdict::duplicate;
    seen_ |= std::uint64_t{1} << age;
    return verdict::late;
  }

private:
  std::uint32_t next_ = 0;
  // Bit n: the message n before the latest one was seen.
  std::uint64_t seen_ = 0;
};

} // namespace rookery::bench
