#define CAF_SUITE redis_url

#include "configs/redis_url.hpp"

#include <caf/test/unit_test.hpp>

#include <optional>

using namespace rookery;

namespace {

std::optional<redis_url> parsed(std::string_view text) {
  auto result = parse_redis_url(text);
  if (auto* url = std::get_if<redis_url>(&result))
    return *url;
  return std::nullopt;
}

// The error for `text`; empty if there is none.
std::string problem(std::string_view text) {
  const auto result = parse_redis_url(text);
  const auto* error = std::get_if<redis_url_error>(&result);
  return error ? std::string{error->text} : std::string{};
}

bool reads_as(std::string_view text, const std::string& user,
              const std::string& password, const std::string& host, int port) {
  const auto url = parsed(text);
  return url && url->user == user && url->password == password
         && url->host == host && url->port == port;
}

} // namespace

CAF_TEST(hosts are names or addresses) {
  CAF_CHECK(reads_as("redis://localhost", "", "", "localhost", 6379));
  CAF_CHECK(reads_as("redis://10.0.0.1:7000", "", "", "10.0.0.1", 7000));
  CAF_CHECK(reads_as("redis://[::1]", "", "", "::1", 6379));
  CAF_CHECK(reads_as("redis://[fe80::2]:1", "", "", "fe80::2", 1));
}

CAF_TEST(the database that is used may be named) {
  CAF_CHECK(reads_as("redis://h/0", "", "", "h", 6379));
  CAF_CHECK(reads_as("redis://u:p@h:1/", "u", "p", "h", 1));
}

CAF_TEST(credentials are percent decoded) {
  CAF_CHECK(reads_as("redis://:pw@h", "", "pw", "h", 6379));
  CAF_CHECK(reads_as("redis://u:p@h:1", "u", "p", "h", 1));
  CAF_CHECK(reads_as("redis://a%3Ab:p%40%2F%3a@h", "a:b", "p@/:", "h", 6379));
  CAF_CHECK(reads_as("redis://u:a:b@h", "u", "a:b", "h", 6379));
}

CAF_TEST(text that is no Redis URL is refused) {
  for (const auto* text : {"",
                           "redis://",
                           "redis:/h",
                           "http://h",
                           "h:6379",
                           "redis://h:",
                           "redis://h:0",
                           "redis://h:65536",
                           "redis://h:6379x",
                           "redis://h:-1",
                           "redis://[::1",
                           "redis://[h]",
                           "redis://[::1]x",
                           "redis://[::1]6379",
                           "redis://::1",
                           "redis://:p@",
                           "redis://u@h",
                           "redis://u:@h",
                           "redis://:@h",
                           "redis://u:p%4@h",
                           "redis://u:p@q@h",
                           "redis://h h",
                           "redis://h\n",
                           "redis://u:p q@h",
                           "redis://u:p^q@h",
                           "redis://%68",
                           "redis://[v1.x]",
                           "redis://u:p\n@h",
                           "redis://h/1",
                           "redis://h/00",
                           "redis://h//",
                           "redis://h/0/",
                           "redis://h/0?x=1",
                           "redis://h?x=1",
                           "redis://h#x"})
    CAF_CHECK_NOT_EQUAL(problem(text), "");
}

CAF_TEST(refusals help and tell nothing) {
  CAF_CHECK_EQUAL(problem("rediss://h"),
                  "TLS to Redis (rediss://) is not supported yet");
  CAF_CHECK(problem("redis://h/3").find("redis.prefix") != std::string::npos);
  for (const auto* text :
       {"redis://u:hunter2@h:x", "redis://u:hunter2@q@h", "http://:hunter2@h",
        "redis://:hunter2%@h", "redis://:hunter2@h/0"})
    CAF_CHECK(problem(text).find("hunter2") == std::string::npos);
}
