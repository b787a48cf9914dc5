#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery {

/// Reads the part `host[:port]` of a URL. The host is a name, an IPv4 address
/// or an IPv6 address in brackets, which are left out of `host`. `port` keeps
/// its value if the text has none. Returns an empty text on success, else a
/// description of the error, which contains no part of the URL and is never
/// destroyed.
std::string_view read_host_port(std::string_view text, std::string& host,
                                std::uint16_t& port);

} // namespace rookery
