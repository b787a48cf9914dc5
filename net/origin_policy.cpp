#include "net/origin_policy.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

origin_policy::origin_policy(std::vector<std::string> allowed)
  : allowed_{std::move(allowed)},
    is_open_{allowed_.empty()
             || std::find(allowed_.begin(), allowed_.end(), "*")
                  != allowed_.end()} {}

bool origin_policy::admits(const http_request& request) const {
  if (is_open_)
    return true;
  const auto count = request.count("Origin");
  if (count != 1)
    return count == 0;
  const auto origin = request.field("Origin");
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
