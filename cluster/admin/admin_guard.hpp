#pragma once

#include "configs/settings.hpp"
#include "net/http_message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The check of requests to the admin listener. A browser that can connect to
/// the listener may also show a page of another site. The check refuses
/// requests of such a page: those from another origin, and those under a name
/// of the page's site that resolves to this machine (DNS rebinding).
class admin_guard {
public:
  explicit admin_guard(const settings::admin_settings& config)
    : token_{config.token}, hosts_{config.hosts} {}

  /// Returns a refusal if a foreign page may have caused the request.
  std::optional<http_response>
  refuse_foreign(const http_request& request) const;

  /// Returns a refusal if a token is required and the request has no valid one.
  std::optional<http_response>
  refuse_stranger(const http_request& request) const;

  /// Returns true if `token` is the right one, or if none is required.
  bool admits(std::string_view token) const;

private:
  bool is_own_host(std::string_view host) const;

  const std::string token_; // empty: none is required
  const std::vector<std::string> hosts_;
};

} // namespace rookery
