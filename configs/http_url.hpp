#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace rookery {

/// The URL of a backend, from settings such as `hooks.connect`.
struct http_url {
  std::string host; ///< a name, or an IPv4 or IPv6 literal (no brackets)
  std::uint16_t port = 80;
  std::string target = "/"; ///< path and query

  /// Host and port as in the URL, for the Host field.
  std::string authority;
};

/// The error in a URL; never contains any part of it.
struct http_url_error {
  std::string_view text;
};

/// Reads `http://host[:port][/path][?query]` (RFC 3986).
std::variant<http_url, http_url_error> parse_http_url(std::string_view text);

} // namespace rookery
