#include "apps/rookery-bench/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace rookery::bench {

void histogram::record(std::uint64_t value) {
  ++buckets_[bucket(value)];
  ++count_;
  max_ = std::max(max_, value);
}

void histogram::clear() {
  *this = histogram{};
}

std::uint64_t histogram::percentile(double percent) const {
  const auto rank = static_cast<std::uint64_t>(
    std::ceil(percent / 100 * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    seen += buckets_[i];
    if (seen >= rank && seen > 0)
      return std::min(highest_of(i), max_);
  }
  return 0;
}

std::size_t histogram::bucket(std::uint64_t value) {
  if (value < steps)
    return value;
  // The bits below the leading one that distinguish buckets.
  const auto shift = std::bit_width(value) - precision_bits - 1;
  return (shift + 1) * steps + ((value >> shift) & (steps - 1));
}

std::uint64_t histogram::highest_of(std::size_t bucket) {
  if (bucket < steps)
    return bucket;
  const auto shift = bucket / steps - 1;
  const auto lowest = (steps + bucket % steps) << shift;
  return lowest + ((std::uint64_t{1} << shift) - 1);
}

} // namespace rookery::bench
