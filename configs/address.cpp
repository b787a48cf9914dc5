#include "configs/address.hpp"

#include "configs/host_port.hpp"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <cstdint>

namespace rookery {

bool is_ip_literal(const std::string& text) {
  return boost::urls::parse_ipv6_address(text)
         || boost::urls::parse_ipv4_address(text);
}

bool is_loopback_literal(const std::string& text) {
  if (const auto ipv6 = boost::urls::parse_ipv6_address(text))
    return ipv6->is_loopback();
  const auto ipv4 = boost::urls::parse_ipv4_address(text);
  return ipv4 && ipv4->is_loopback();
}

bool is_origin(const std::string& text) {
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed || !parsed->encoded_target().empty() || parsed->has_fragment()
      || std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; }))
    return false;
  std::string host;
  std::uint16_t port = 0;
  return read_host_port(parsed->encoded_authority(), host, port).empty();
}

} // namespace rookery
