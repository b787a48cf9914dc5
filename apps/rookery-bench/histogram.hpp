#pragma once

#include <array>
#include <cstdint>

namespace rookery::bench {

/// Counts values in log-linear buckets: exact below 128, within 1 % above.
/// Recording costs a few instructions and never allocates.
class histogram {
public:
  void record(std::uint64_t value);
  void clear();

  [[nodiscard]] std::uint64_t count() const { return count_; }

  [[nodiscard]] std::uint64_t max() const { return max_; }

  /// The smallest bucket value that `percent` of all values do not exceed; 0 if
  /// no value was recorded.
  [[nodiscard]] std::uint64_t percentile(double percent) const;

private:
  static constexpr unsigned precision_bits = 7;
  static constexpr std::size_t steps = std::size_t{1} << precision_bits;

  static std::size_t bucket(std::uint64_t value);
  static std::uint64_t highest_of(std::size_t bucket);

  std::array<std::uint64_t, (64 - precision_bits + 1) * steps> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
};

} // namespace rookery::bench
