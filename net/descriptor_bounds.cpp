#include "net/descriptor_bounds.hpp"

#include <algorithm>
#include <limits>
#include <sys/resource.h>

namespace rookery {

namespace {

/// Descriptors that clients leave free: for the requests to backends of a busy
/// node, a dozen of operators and scrapers, two links to Redis, files.
constexpr std::size_t reserve = 64;

/// The largest part of all descriptors that is kept back, for processes with
/// very few.
constexpr std::size_t largest_share = 4;

} // namespace

descriptor_bounds bounds_within(std::size_t limit) noexcept {
  const auto kept = std::min(reserve, limit / largest_share);
  return {limit - kept, limit - kept / 2, limit - kept / 4};
}

descriptor_bounds own_descriptor_bounds() noexcept {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    limit.rlim_cur = RLIM_INFINITY;
  return bounds_within(
    std::min<std::size_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
}

} // namespace rookery
