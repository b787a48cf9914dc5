#include "net/peers/proxy_header.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace rookery {

namespace {

using namespace std::literals;
using verdict = proxy_header::verdict;

constexpr auto signature = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr auto text_start = "PROXY "sv;

/// A line of version 1, its end included.
constexpr std::size_t longest_line = 107;

constexpr std::size_t binary_size = 16;

bool begins_alike(std::string_view bytes, std::string_view start) {
  const auto size = std::min(bytes.size(), start.size());
  return bytes.substr(0, size) == start.substr(0, size);
}

std::string_view next_word(std::string_view& text) {
  const auto end = std::min(text.find(' '), text.size());
  const auto word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

bool is_port(std::string_view text) {
  unsigned number = 0;
  const auto* end = text.data() + text.size();
  const auto [last, ec] = std::from_chars(text.data(), end, number);
  return ec == std::errc{} && last == end && number <= 0xffff
         && (text.size() == 1 || text.front() != '0');
}

proxy_header read_text(std::string_view bytes) {
  const auto end = bytes.substr(0, longest_line).find("\r\n");
  if (end == bytes.npos)
    return {bytes.size() < longest_line ? verdict::incomplete
                                        : verdict::malformed};
  auto line = bytes.substr(text_start.size(), end - text_start.size());
  proxy_header result{verdict::complete, end + 2};
  const auto kind = next_word(line);
  if (kind == "UNKNOWN")
    return result;
  const auto source = next_word(line);
  const auto target = next_word(line);
  const auto source_port = next_word(line);
  const auto is_v6 = kind == "TCP6";
  const auto is_literal = [&](std::string_view text) {
    return parse_ip(text) && (text.find(':') != text.npos) == is_v6;
  };
  if ((!is_v6 && kind != "TCP4") || !is_literal(source) || !is_literal(target)
      || !is_port(source_port) || !is_port(line))
    return {verdict::malformed};
  result.client = parse_ip(source);
  return result;
}

ip_address address_in(std::string_view bytes) {
  ip_address result;
  if (bytes.size() == 4) {
    result.bytes[10] = result.bytes[11] = 0xff;
  }
  std::ranges::copy(bytes, result.bytes.end() - bytes.size());
  return result;
}

proxy_header read_binary(std::string_view bytes) {
  if (bytes.size() < binary_size)
    return {verdict::incomplete};
  const auto at = [&](std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
  };
  constexpr unsigned local = 0x20;
  constexpr unsigned proxied = 0x21;
  const auto command = at(12);
  const unsigned family = at(13) >> 4;
  const unsigned transport = at(13) & 0xf;
  const std::size_t size = at(14) << 8 | at(15);
  if ((command != local && command != proxied) || family > 3 || transport > 2
      || binary_size + size > longest_proxy_header)
    return {verdict::malformed};
  // Both addresses, the client's first, and both ports.
  constexpr std::array<std::size_t, 4> address_sizes{0, 4, 16, 108};
  const auto address_size = address_sizes[family];
  const auto ports = family == 3 ? 0 : 4;
  if (command == proxied && family != 0 && size < 2 * address_size + ports)
    return {verdict::malformed};
  if (bytes.size() < binary_size + size)
    return {verdict::incomplete};
  proxy_header result{verdict::complete, binary_size + size};
  if (command == proxied && (family == 1 || family == 2) && transport != 0)
    result.client = address_in(bytes.substr(binary_size, address_size));
  return result;
}

} // namespace

proxy_header read_proxy_header(std::string_view bytes) {
  if (begins_alike(bytes, signature))
    return bytes.size() < signature.size() ? proxy_header{verdict::incomplete}
                                           : read_binary(bytes);
  if (!begins_alike(bytes, text_start))
    return {verdict::malformed};
  return bytes.size() < text_start.size() ? proxy_header{verdict::incomplete}
                                          : read_text(bytes);
}

} // namespace rookery
