#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// An IP address. One of IPv4 is kept as IPv6 maps it (::ffff:192.0.2.1), and
/// both spellings are the same address.
struct ip_address {
  std::array<std::uint8_t, 16> bytes{};

  bool is_v4() const noexcept;

  friend bool operator==(const ip_address&, const ip_address&) = default;
};

/// Reads an IPv4 or IPv6 literal without brackets, port or zone.
std::optional<ip_address> parse_ip(std::string_view text);

/// Writes what `parse_ip` reads, in the usual short form.
std::string to_string(const ip_address& address);

/// The addresses that begin with the same bits.
struct address_range {
  ip_address first;
  unsigned bits = 128;

  bool contains(const ip_address& address) const noexcept;

  friend bool operator==(const address_range&, const address_range&) = default;
};

/// Reads a range as in "10.0.0.0/8" or "2001:db8::/32", or a single address.
/// Returns nullopt if bits beyond the range are set.
std::optional<address_range> parse_range(std::string_view text);

using address_ranges = std::vector<address_range>;

/// Returns true if one of `ranges` contains `address`.
bool contains(const address_ranges& ranges, const ip_address& address) noexcept;

} // namespace rookery
