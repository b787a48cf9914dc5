#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace rookery {

/// The address and login of Redis, from `redis.url`.
struct redis_url {
  std::string user;     ///< empty: the default user
  std::string password; ///< empty: no authentication
  std::string host;     ///< a name, or an IPv4 or IPv6 literal (no brackets)
  std::uint16_t port = 6379;
};

/// The error in a URL; never contains any part of it.
struct redis_url_error {
  std::string_view text;
};

/// Reads `redis://[[user]:password@]host[:port][/0]` (RFC 3986); user and
/// password are percent-encoded.
std::variant<redis_url, redis_url_error> parse_redis_url(std::string_view text);

} // namespace rookery
