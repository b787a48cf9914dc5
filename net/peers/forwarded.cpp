#include "net/peers/forwarded.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace rookery {

namespace {

/// The addresses of a request's way, that of the client first. An unreadable
/// one is nullopt.
using way = std::vector<std::optional<ip_address>>;

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == text.npos)
    return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Cuts the part before `separator`, unless it is quoted, off the front of
/// `text`.
std::string_view next_part(std::string_view& text, char separator) {
  bool is_quoted = false;
  std::size_t end = 0;
  for (; end < text.size() && (is_quoted || text[end] != separator); ++end)
    if (text[end] == '"')
      is_quoted = !is_quoted;
    else if (text[end] == '\\' && is_quoted && end + 1 < text.size())
      ++end;
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trim(part);
}

/// Reads "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]" or
/// "[2001:db8::1]:80".
std::optional<ip_address> read_node(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == text.npos || (end + 1 < text.size() && text[end + 1] != ':'))
      return std::nullopt;
    return parse_ip(text.substr(1, end - 1));
  }
  const auto colon = text.find(':');
  if (colon != text.npos && text.find(':', colon + 1) == text.npos)
    text = text.substr(0, colon);
  return parse_ip(text);
}

void read_list(std::string_view value, way& out) {
  while (!value.empty())
    out.push_back(read_node(next_part(value, ',')));
}

/// Reads the parameter `for` of each element.
void read_forwarded(std::string_view value, way& out) {
  while (!value.empty()) {
    auto element = next_part(value, ',');
    std::optional<ip_address> found;
    while (!element.empty()) {
      auto pair = next_part(element, ';');
      const auto equals = pair.find('=');
      if (equals == pair.npos
          || !equals_ignoring_case(pair.substr(0, equals), "for"))
        continue;
      auto node = pair.substr(equals + 1);
      if (node.size() >= 2 && node.starts_with('"') && node.ends_with('"'))
        node = node.substr(1, node.size() - 2);
      found = read_node(node);
    }
    out.push_back(found);
  }
}

/// Returns nullopt if the way says nothing.
std::optional<ip_address> client_of(const way& from,
                                    const address_ranges& proxies) {
  std::optional<ip_address> result;
  for (auto each = from.rbegin(); each != from.rend(); ++each) {
    if (!*each)
      break; // the address after it is the last known one
    result = *each;
    if (!contains(proxies, **each))
      break;
  }
  return result;
}

} // namespace

std::optional<ip_address> forwarded_client(const http_request& request,
                                           const address_ranges& proxies) {
  way list;
  way forwarded;
  for (const auto& each : request.fields)
    if (equals_ignoring_case(each.name, "X-Forwarded-For"))
      read_list(each.value, list);
    else if (equals_ignoring_case(each.name, "Forwarded"))
      read_forwarded(each.value, forwarded);
  if (list.empty())
    return client_of(forwarded, proxies);
  const auto result = client_of(list, proxies);
  if (!forwarded.empty() && client_of(forwarded, proxies) != result)
    return std::nullopt;
  return result;
}

} // namespace rookery
