#pragma once

#include "configs/settings.hpp"
#include "net/http_message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The check of requests to the admin listener. A page of another site, open in
/// a browser that reaches it, is refused: across origins, and under a name of
/// its own that resolves to this machine (DNS rebinding).
class admin_guard {
public:
  explicit admin_guard(const settings::admin_settings& config)
    : token_{config.token}, hosts_{config.hosts} {}

  /// Returns the refusal of a request that a foreign page may have caused.
  std::optional<http_response>
  refuse_foreign(const http_request& request) const;

  /// Returns the refusal of a request without the token, where one is needed.
  std::optional<http_response>
  refuse_stranger(const http_request& request) const;

  /// Returns true if `token` is the right one, or none is needed.
  bool admits(std::string_view token) const;

private:
  bool is_own_host(std::string_view host) const;

  const std::string token_; // empty: none is needed
  const std::vector<std::string> hosts_;
};

} // namespace rookery
