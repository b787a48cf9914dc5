#include "cluster/api_key.hpp"

#include <openssl/crypto.h>

namespace rookery {

namespace {

bool is_same(std::string_view given, std::string_view key) {
  return given.size() == key.size()
         && CRYPTO_memcmp(given.data(), key.data(), key.size()) == 0;
}

/// The credentials in Authorization under that scheme; empty: none.
std::string_view credentials(const http_request& request,
                             std::string_view scheme) {
  const auto given = request.field("Authorization");
  const auto end = given.find(' ');
  if (end == given.npos || !equals_ignoring_case(given.substr(0, end), scheme))
    return {};
  return given.substr(end + 1);
}

} // namespace

bool carries_api_key(const http_request& request, std::string_view key) {
  return is_same(request.field("X-API-Key"), key)
         || is_same(credentials(request, "apikey"), key)
         || is_same(credentials(request, "Bearer"), key);
}

} // namespace rookery
