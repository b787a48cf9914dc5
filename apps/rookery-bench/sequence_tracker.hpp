#pragma once

#include <cstdint>

namespace rookery::bench {

/// Checks the order of the messages one member receives from one publisher.
class sequence_tracker {
public:
  enum class arrival { expected, early, late, duplicate };

  /// `early`: an earlier message is still missing. `late`: fills such a hole,
  /// out of order. Holes more than 64 messages back are forgotten: a message
  /// for one of them counts as a duplicate.
  arrival see(std::uint32_t sequence) {
    if (sequence == next_) {
      seen_ = seen_ << 1 | 1;
      ++next_;
      return arrival::expected;
    }
    if (sequence > next_) {
      const auto step = sequence - next_ + 1;
      seen_ = step < 64 ? seen_ << step | 1 : 1;
      next_ = sequence + 1;
      return arrival::early;
    }
    const auto age = next_ - 1 - sequence;
    if (age >= 64 || (seen_ >> age & 1) != 0)
      return arrival::duplicate;
    seen_ |= std::uint64_t{1} << age;
    return arrival::late;
  }

private:
  std::uint32_t next_ = 0;
  // Bit n is set if the message n before the latest one was seen.
  std::uint64_t seen_ = 0;
};

} // namespace rookery::bench
