#define CAF_SUITE http_url
#include "configs/http_url.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

std::string read(std::string_view text) {
  const auto result = parse_http_url(text);
  if (const auto* wrong = std::get_if<http_url_error>(&result))
    return std::string{wrong->text};
  const auto& url = std::get<http_url>(result);
  return url.host + "|" + std::to_string(url.port) + "|" + url.target + "|"
         + url.authority;
}

bool fails(std::string_view text) {
  return std::holds_alternative<http_url_error>(parse_http_url(text));
}

} // namespace

CAF_TEST(a URL is taken apart) {
  CAF_CHECK_EQUAL(read("http://app"), "app|80|/|app");
  CAF_CHECK_EQUAL(read("http://app:8000/hooks/connect?x=1"),
                  "app|8000|/hooks/connect?x=1|app:8000");
  CAF_CHECK_EQUAL(read("http://10.0.0.1?x"), "10.0.0.1|80|/?x|10.0.0.1");
  CAF_CHECK_EQUAL(read("http://[::1]:81/a"), "::1|81|/a|[::1]:81");
}

CAF_TEST(TLS is said to be missing) {
  CAF_CHECK_EQUAL(read("https://app"),
                  "TLS to a backend (https://) is not supported yet");
}

CAF_TEST(all other faults of a URL are refused) {
  for (const auto* text : {"",
                           "app",
                           "http:/app",
                           "http://",
                           "http://:80",
                           "http://a b",
                           "http://user:pass@app/",
                           "http://app:0",
                           "http://app:65536",
                           "http://app:8x",
                           "http://app/\r\nX: y",
                           "http://app/\xc3\xa4",
                           "http://app/#top",
                           "http://[::1",
                           "http://[app]",
                           "http://[::1]x",
                           "http://a%62c",
                           "http://[v1.x]",
                           "http://app/{id}",
                           "http://app:"})
    if (!fails(text))
      CAF_ERROR("passes: " << text);
}
