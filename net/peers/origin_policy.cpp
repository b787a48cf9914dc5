#include "net/peers/origin_policy.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

namespace {

/// Returns true if `origin` is that of the page at the root of `host`, whose
/// port may be left out if it is the scheme's own. The scheme of `host` is not
/// known behind a proxy that ends TLS.
bool is_origin_of(std::string_view origin, std::string_view host) {
  constexpr std::string_view separator = "://";
  const auto end = origin.find(separator);
  if (end == origin.npos)
    return false;
  const auto scheme = origin.substr(0, end);
  auto authority = origin.substr(end + separator.size());
  const std::string_view port = equals_ignoring_case(scheme, "https")  ? ":443"
                                : equals_ignoring_case(scheme, "http") ? ":80"
                                                                       : "";
  const auto cut = [port](std::string_view& text) {
    if (text.ends_with(port))
      text.remove_suffix(port.size());
  };
  cut(authority);
  cut(host);
  return !host.empty() && equals_ignoring_case(authority, host);
}

} // namespace

origin_policy::origin_policy(std::vector<std::string> allowed,
                             bool is_same_by_default)
  : allowed_{std::move(allowed)},
    is_open_{(allowed_.empty() && !is_same_by_default)
             || std::find(allowed_.begin(), allowed_.end(), "*")
                  != allowed_.end()} {}

bool origin_policy::admits(const http_request& request) const {
  if (is_open_)
    return true;
  const auto count = request.count("Origin");
  if (count != 1)
    return count == 0;
  const auto origin = request.field("Origin");
  if (allowed_.empty())
    return is_origin_of(origin, request.field("Host"));
  return std::any_of(allowed_.begin(), allowed_.end(),
                     [&](const std::string& each) {
                       return equals_ignoring_case(each, origin);
                     });
}

std::vector<http_field>
origin_policy::fields_for(const http_request& request) const {
  if (is_open_)
    return {{"Access-Control-Allow-Origin", "*"}};
  std::vector<http_field> result{{"Vary", "Origin"}};
  const auto origin = request.field("Origin");
  if (!origin.empty() && admits(request))
    result.push_back({"Access-Control-Allow-Origin", std::string{origin}});
  return result;
}

http_response origin_policy::preflight(const http_request& request) const {
  http_response result;
  result.status = 204;
  result.fields = fields_for(request);
  if (!admits(request))
    return result;
  result.fields.push_back(
    {"Access-Control-Allow-Methods", "GET, POST, OPTIONS"});
  result.fields.push_back(
    {"Access-Control-Allow-Headers",
     "Content-Type, Authorization, X-API-Key, Cache-Control, Last-Event-ID"});
  result.fields.push_back({"Access-Control-Max-Age", "600"});
  return result;
}

} // namespace rookery
