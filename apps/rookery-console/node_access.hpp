#pragma once

#include "apps/rookery-console/program_options.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace rookery::console {

/// The address of a node's admin listener and the token for it.
struct node_access {
  std::string host = "127.0.0.1";
  std::uint16_t port = 9080;
  std::string token;

  /// Such as "127.0.0.1:9080" or "[::1]:9080".
  [[nodiscard]] std::string address() const;

  /// Parses `HOST[:PORT]`; returns an error message, empty on success.
  std::string set_address(std::string_view text);
};

/// Reads a node's configuration first, then applies the options over it.
/// Returns an error message without any secret if that fails.
std::variant<node_access, std::string>
find_access(const program_options& asked);

} // namespace rookery::console
