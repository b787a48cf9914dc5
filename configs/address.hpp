#pragma once

#include <string>

/// IP addresses and origins as operators write them.
namespace rookery {

/// Returns true if `text` is an IPv4 or IPv6 address, without brackets or zone.
bool is_ip_literal(const std::string& text);

/// Returns true if `text` is an address of this machine's loopback interface:
/// 127.0.0.0/8 or ::1.
bool is_loopback_literal(const std::string& text);

/// Returns true if `text` is an origin as browsers send it (RFC 6454 §6.2):
/// `scheme://host[:port]` in lower case.
bool is_origin(const std::string& text);

} // namespace rookery
