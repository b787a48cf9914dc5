#include "configs/ip_address.hpp"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>

#include <algorithm>
#include <charconv>

namespace rookery {

namespace {

/// The bytes before an IPv4 address in its IPv6 form.
constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0,    0,
                                                 0, 0, 0, 0, 0xff, 0xff};

constexpr unsigned v4_prefix_bits = 96;

std::optional<unsigned> parse_bits(std::string_view text, unsigned max) {
  unsigned result = 0;
  const auto* end = text.data() + text.size();
  const auto [last, ec] = std::from_chars(text.data(), end, result);
  const auto has_leading_zero = text.size() > 1 && text.front() == '0';
  if (ec != std::errc{} || last != end || has_leading_zero || result > max)
    return std::nullopt;
  return result;
}

} // namespace

bool ip_address::is_v4() const noexcept {
  return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin());
}

std::optional<ip_address> parse_ip(std::string_view text) {
  ip_address result;
  if (const auto v4 = boost::urls::parse_ipv4_address(text)) {
    const auto bytes = v4->to_bytes();
    std::ranges::copy(v4_prefix, result.bytes.begin());
    std::ranges::copy(bytes, result.bytes.begin() + v4_prefix.size());
    return result;
  }
  const auto v6 = boost::urls::parse_ipv6_address(text);
  if (!v6)
    return std::nullopt;
  const auto bytes = v6->to_bytes();
  std::ranges::copy(bytes, result.bytes.begin());
  return result;
}

std::string to_string(const ip_address& address) {
  if (!address.is_v4())
    return boost::urls::ipv6_address{address.bytes}.to_string();
  boost::urls::ipv4_address::bytes_type bytes;
  std::copy(address.bytes.begin() + v4_prefix.size(), address.bytes.end(),
            bytes.begin());
  return boost::urls::ipv4_address{bytes}.to_string();
}

bool address_range::contains(const ip_address& address) const noexcept {
  for (unsigned bit = 0; bit < bits; bit += 8) {
    const auto unused = bit + 8 > bits ? bit + 8 - bits : 0;
    if ((first.bytes[bit / 8] ^ address.bytes[bit / 8]) >> unused != 0)
      return false;
  }
  return true;
}

std::optional<address_range> parse_range(std::string_view text) {
  const auto slash = text.find('/');
  const auto first = parse_ip(text.substr(0, slash));
  if (!first)
    return std::nullopt;
  address_range result{*first};
  if (slash == text.npos)
    return result;
  // The mapped form with a mask would be read in two ways.
  const auto is_v4 = text.find(':') == text.npos;
  if (first->is_v4() != is_v4)
    return std::nullopt;
  const auto offset = is_v4 ? v4_prefix_bits : 0;
  const auto bits = parse_bits(text.substr(slash + 1), 128 - offset);
  if (!bits)
    return std::nullopt;
  result.bits = offset + *bits;
  for (unsigned bit = result.bits; bit < 128; ++bit)
    if ((first->bytes[bit / 8] >> (7 - bit % 8) & 1) != 0)
      return std::nullopt;
  return result;
}

bool contains(const address_ranges& ranges,
              const ip_address& address) noexcept {
  return std::ranges::any_of(
    ranges, [&](const auto& each) { return each.contains(address); });
}

} // namespace rookery
