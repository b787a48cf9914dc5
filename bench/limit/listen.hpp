#pragma once

#include "bench/limit/descriptor.hpp"

#include <cstdint>

namespace rookery::limit {

/// A non-blocking socket that listens on 127.0.0.1; port 0 takes a free one.
/// Throws `std::system_error`.
descriptor listen_on(std::uint16_t port);

/// The port of `listener`.
std::uint16_t port_of(const descriptor& listener);

/// The next client in the backlog, non-blocking and without Nagle's algorithm;
/// negative if there is none.
descriptor accept_client(const descriptor& listener);

} // namespace rookery::limit
