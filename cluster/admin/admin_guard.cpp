#include "cluster/admin/admin_guard.hpp"

#include "cluster/admin/admin_json.hpp"
#include "cluster/admin/admin_page.hpp"
#include "cluster/api/api_key.hpp"
#include "configs/address.hpp"

#include <algorithm>

namespace rookery {

namespace {

/// Returns `host` without its port. IPv6 addresses keep their brackets.
std::string_view name_in(std::string_view host) {
  const auto colon = host.rfind(':');
  const auto bracket = host.rfind(']');
  const auto has_port =
    colon != host.npos && (bracket == host.npos || colon > bracket);
  return has_port ? host.substr(0, colon) : host;
}

bool is_address(std::string_view name) {
  if (name.starts_with('[') && name.ends_with(']'))
    name = name.substr(1, name.size() - 2);
  return is_ip_literal(std::string{name});
}

} // namespace

// A browser sends the host name of the page's URL. With DNS rebinding that is a
// name of the foreign site, never an address, localhost or one of our names.
bool admin_guard::is_own_host(std::string_view host) const {
  const auto name = name_in(host);
  return equals_ignoring_case(name, "localhost") || is_address(name)
         || std::ranges::any_of(hosts_, [name](const std::string& each) {
              return equals_ignoring_case(name, each);
            });
}

std::optional<http_response>
admin_guard::refuse_foreign(const http_request& request) const {
  const auto host = request.field("Host");
  if (!is_own_host(host))
    return admin_error(403, "this listener is asked for by localhost, by "
                            "address, or by a name in admin.hosts");
  const auto origin = request.field("Origin");
  if (request.count("Origin") > 0 && origin != "http://" + std::string{host}
      && origin != "https://" + std::string{host})
    return admin_error(403, "pages of other origins may not ask");
  return std::nullopt;
}

std::optional<http_response>
admin_guard::refuse_stranger(const http_request& request) const {
  if (token_.empty() || carries_bearer(request, token_))
    return std::nullopt;
  auto refused = admin_error(401, "a valid token is required");
  refused.fields.push_back({"WWW-Authenticate", "Bearer"});
  return refused;
}

bool admin_guard::admits(std::string_view token) const {
  return token_.empty() || is_same_secret(token, token_);
}

} // namespace rookery
