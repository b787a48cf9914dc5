#include "configs/address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace rookery {

namespace {

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, ec] = std::from_chars(text.data(), end, port);
  return ec == std::errc{} && rest == end && port != 0;
}

bool consists_of(std::string_view text, std::string_view extra) {
  const auto fits = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
           || extra.find(c) != extra.npos;
  };
  return !text.empty() && std::ranges::all_of(text, fits);
}

} // namespace

bool is_ipv6_literal(const std::string& text) {
  in6_addr address{};
  // An embedded NUL would hide what follows it from inet_pton.
  return text.find('\0') == text.npos
         && inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

bool is_ip_literal(const std::string& text) {
  in_addr address{};
  return is_ipv6_literal(text)
         || (text.find('\0') == text.npos
             && inet_pton(AF_INET, text.c_str(), &address) == 1);
}

bool is_loopback_literal(const std::string& text) {
  in6_addr address{};
  if (is_ipv6_literal(text) && inet_pton(AF_INET6, text.c_str(), &address) == 1)
    return IN6_IS_ADDR_LOOPBACK(&address);
  return is_ip_literal(text) && text.starts_with("127.");
}

bool is_origin(const std::string& text) {
  std::string_view rest = text;
  const auto scheme_end = rest.find("://");
  if (scheme_end == rest.npos
      || !consists_of(rest.substr(0, scheme_end), "+.-"))
    return false;
  rest.remove_prefix(scheme_end + 3);
  const auto bracket = rest.starts_with('[') ? rest.find(']') : 0;
  if (bracket == rest.npos)
    return false;
  const auto colon = rest.find(':', bracket);
  const auto host = rest.substr(0, colon);
  const auto good_host =
    bracket != 0
      ? host.size() == bracket + 1
          && is_ipv6_literal(std::string{host.substr(1, bracket - 1)})
      : consists_of(host, ".-_");
  return good_host && (colon == rest.npos || is_port(rest.substr(colon + 1)));
}

} // namespace rookery
