#pragma once

#include "bench/limit/descriptor.hpp"

#include <cstdint>

namespace rookery::limit {

/// A non-blocking socket that listens on 127.0.0.1; port 0 takes a free one.
/// Throws `std::system_error`.
descriptor listen_on(std::uint16_t port);

/// The port that `listener` got.
std::uint16_t port_of(const descriptor& listener);

/// The next client that waits, non-blocking and without Nagle's algorithm; its
/// number is negative when nobody waits.
descriptor accept_client(const descriptor& listener);

} // namespace rookery::limit
