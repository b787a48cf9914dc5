#include "cluster/api/api_key.hpp"

#include <openssl/crypto.h>

namespace rookery {

namespace {

/// Returns the credentials in Authorization with that scheme; empty if none.
std::string_view credentials(const http_request& request,
                             std::string_view scheme) {
  const auto given = request.field("Authorization");
  const auto end = given.find(' ');
  if (end == given.npos || !equals_ignoring_case(given.substr(0, end), scheme))
    return {};
  return given.substr(end + 1);
}

} // namespace

bool is_same_secret(std::string_view given, std::string_view secret) {
  return given.size() == secret.size()
         && CRYPTO_memcmp(given.data(), secret.data(), secret.size()) == 0;
}

bool carries_bearer(const http_request& request, std::string_view token) {
  return is_same_secret(credentials(request, "Bearer"), token);
}

bool carries_api_key(const http_request& request, std::string_view key) {
  return is_same_secret(request.field("X-API-Key"), key)
         || is_same_secret(credentials(request, "apikey"), key)
         || carries_bearer(request, key);
}

} // namespace rookery
