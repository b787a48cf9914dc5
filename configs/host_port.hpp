#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rookery {

/// Reads the part `host[:port]` of a URL: a name, or an IPv4 or IPv6 literal,
/// the latter in brackets, which `host` goes without. Without a port `port`
/// stays as it is. Returns what is wrong, in a text that contains no part of
/// the URL and lives as long as the program; empty: nothing.
std::string_view read_host_port(std::string_view text, std::string& host,
                                std::uint16_t& port);

} // namespace rookery
