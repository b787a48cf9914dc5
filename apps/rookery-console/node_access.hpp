#pragma once

#include "apps/rookery-console/program_options.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace rookery::console {

/// Where a node's admin listener is, and what opens it.
struct node_access {
  std::string host = "127.0.0.1";
  std::uint16_t port = 9080;
  std::string token;

  /// "127.0.0.1:9080", "[::1]:9080".
  [[nodiscard]] std::string address() const;

  /// Takes over `HOST[:PORT]`; returns what is wrong with it, or nothing.
  std::string set_address(std::string_view text);
};

/// As the options say: a node's configuration first, the others over it. Else
/// what is wrong, without any secret.
std::variant<node_access, std::string>
find_access(const program_options& asked);

} // namespace rookery::console
