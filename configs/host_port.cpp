#include "configs/host_port.hpp"

#include "configs/address.hpp"

#include <algorithm>
#include <charconv>

namespace rookery {

namespace {

constexpr auto npos = std::string_view::npos;

std::string_view read_port(std::string_view text, std::uint16_t& port) {
  const auto* end = text.data() + text.size();
  const auto [rest, ec] = std::from_chars(text.data(), end, port);
  if (ec != std::errc{} || rest != end || port == 0)
    return "the port is not a number from 1 to 65535";
  return {};
}

bool is_host_name(std::string_view text) {
  const auto is_valid = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= 253
         && std::ranges::all_of(text, is_valid);
}

} // namespace

std::string_view read_host_port(std::string_view text, std::string& host,
                                std::uint16_t& port) {
  if (!text.starts_with('[')) {
    const auto colon = text.find(':');
    host = text.substr(0, colon);
    if (!is_host_name(host))
      return "the host is neither a name nor an IP address";
    return colon == npos ? std::string_view{}
                         : read_port(text.substr(colon + 1), port);
  }
  const auto bracket = text.find(']');
  host = text.substr(1, bracket == npos ? npos : bracket - 1);
  if (bracket == npos || !is_ipv6_literal(host))
    return "[ ] do not enclose an IPv6 address";
  text.remove_prefix(bracket + 1);
  if (text.empty())
    return {};
  if (!text.starts_with(':'))
    return "only :port may follow the host";
  return read_port(text.substr(1), port);
}

} // namespace rookery
