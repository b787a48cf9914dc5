#include "configs/http_url.hpp"

#include "configs/address.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace rookery {

namespace {

constexpr auto npos = std::string_view::npos;

using problem = std::optional<http_url_error>;

bool is_host_name(std::string_view text) {
  const auto is_valid = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= 253
         && std::ranges::all_of(text, is_valid);
}

problem read_port(std::string_view text, http_url& result) {
  const auto* end = text.data() + text.size();
  const auto [rest, ec] = std::from_chars(text.data(), end, result.port);
  if (ec != std::errc{} || rest != end || result.port == 0)
    return http_url_error{"the port is not a number from 1 to 65535"};
  return std::nullopt;
}

problem read_authority(std::string_view text, http_url& result) {
  result.authority = text;
  if (!text.starts_with('[')) {
    const auto colon = text.find(':');
    result.host = text.substr(0, colon);
    if (!is_host_name(result.host))
      return http_url_error{"the host is neither a name nor an IP address"};
    return colon == npos ? std::nullopt
                         : read_port(text.substr(colon + 1), result);
  }
  const auto bracket = text.find(']');
  result.host = text.substr(1, bracket == npos ? npos : bracket - 1);
  if (bracket == npos || !is_ipv6_literal(result.host))
    return http_url_error{"[ ] do not enclose an IPv6 address"};
  text.remove_prefix(bracket + 1);
  if (text.empty())
    return std::nullopt;
  if (!text.starts_with(':'))
    return http_url_error{"only :port or a path may follow the host"};
  return read_port(text.substr(1), result);
}

} // namespace

std::variant<http_url, http_url_error> parse_http_url(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  if (text.starts_with("https://"))
    return http_url_error{"TLS to a backend (https://) is not supported yet"};
  if (!text.starts_with(scheme))
    return http_url_error{"it does not begin with http://"};
  text.remove_prefix(scheme.size());
  if (!std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; }))
    return http_url_error{"spaces, control characters and all but ASCII are "
                          "percent-encoded"};
  if (text.find('#') != npos)
    return http_url_error{"a fragment (#) means nothing to a server"};
  const auto end = std::min(text.find_first_of("/?"), text.size());
  http_url result;
  if (text.substr(0, end).find('@') != npos)
    return http_url_error{"user and password have no place in it"};
  if (auto wrong = read_authority(text.substr(0, end), result))
    return *wrong;
  if (const auto target = text.substr(end); target.starts_with('/'))
    result.target = target;
  else
    result.target += target;
  return result;
}

} // namespace rookery
