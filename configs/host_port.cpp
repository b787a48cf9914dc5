#include "configs/host_port.hpp"

#include <boost/url/authority_view.hpp>

#include <algorithm>

namespace rookery {

namespace {

/// Returns true if `text` has only characters of host names. RFC 3986 allows
/// more, percent-encoding for one, which no resolver takes.
bool is_host_name(std::string_view text) {
  const auto is_valid = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= 253
         && std::ranges::all_of(text, is_valid);
}

bool is_host(const boost::urls::authority_view& text) {
  switch (text.host_type()) {
  case boost::urls::host_type::ipv4:
  case boost::urls::host_type::ipv6:
    return true;
  case boost::urls::host_type::name:
    return is_host_name(text.encoded_host());
  default:
    return false;
  }
}

} // namespace

std::string_view read_host_port(std::string_view text, std::string& host,
                                std::uint16_t& port) {
  const auto parsed = boost::urls::parse_authority(text);
  if (!parsed || parsed->has_userinfo())
    return "it is not host[:port], where an IPv6 address is in brackets and "
           "the port a number";
  if (!is_host(*parsed))
    return "the host is neither a name nor an IP address";
  host = parsed->host_address();
  if (!parsed->has_port())
    return {};
  port = parsed->port_number();
  // The number is 0 for an empty port and for one above 65535, too.
  return port == 0 ? "the port is not a number from 1 to 65535"
                   : std::string_view{};
}

} // namespace rookery
