#pragma once

#include <cstddef>

namespace rookery {

/// The descriptors that each kind of connection may use, as the first number
/// that it must not get: the kernel assigns the lowest one that is free. Links
/// to Redis may use all, so they come back however many clients there are.
struct descriptor_bounds {
  std::size_t clients;
  std::size_t backends;
  std::size_t admin;
};

/// Returns the bounds for a process that may open `limit` descriptors
/// (RLIMIT_NOFILE).
descriptor_bounds bounds_within(std::size_t limit) noexcept;

/// Returns the bounds for this process.
descriptor_bounds own_descriptor_bounds() noexcept;

} // namespace rookery
