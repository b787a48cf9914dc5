#define CAF_SUITE origin_policy
#include "net/peers/origin_policy.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

http_request from(std::string origin) {
  http_request result;
  if (!origin.empty())
    result.fields.push_back({"Origin", std::move(origin)});
  return result;
}

std::string value_of(const std::vector<http_field>& fields,
                     std::string_view name) {
  for (const auto& field : fields)
    if (field.name == name)
      return field.value;
  return {};
}

constexpr auto allow_origin = "Access-Control-Allow-Origin";

} // namespace

CAF_TEST(without a list every origin is welcome) {
  const origin_policy open{{}};
  CAF_CHECK(open.admits(from("https://anywhere.test")));
  CAF_CHECK(open.admits(from("null")));
  CAF_CHECK_EQUAL(
    value_of(open.fields_for(from("https://a.test")), allow_origin), "*");
}

CAF_TEST(a star in the list is no list) {
  const origin_policy open{{"https://a.test", "*"}};
  CAF_CHECK(open.admits(from("https://b.test")));
}

CAF_TEST(only listed origins are admitted) {
  const origin_policy some{{"https://a.test", "http://b.test:8080"}};
  CAF_CHECK(some.admits(from("https://a.test")));
  CAF_CHECK(some.admits(from("http://b.test:8080")));
  CAF_CHECK(!some.admits(from("http://a.test")));
  CAF_CHECK(!some.admits(from("https://a.test.evil.test")));
  CAF_CHECK(!some.admits(from("http://b.test")));
  CAF_CHECK(!some.admits(from("null")));
}

CAF_TEST(a request without an origin is no web page) {
  const origin_policy some{{"https://a.test"}};
  CAF_CHECK(some.admits(from("")));
}

CAF_TEST(two origins are one too many) {
  const origin_policy some{{"https://a.test"}};
  auto request = from("https://a.test");
  request.fields.push_back({"origin", "https://a.test"});
  CAF_CHECK(!some.admits(request));
}

CAF_TEST(an admitted origin is echoed and caches are told) {
  const origin_policy some{{"https://a.test"}};
  const auto fields = some.fields_for(from("https://a.test"));
  CAF_CHECK_EQUAL(value_of(fields, allow_origin), "https://a.test");
  CAF_CHECK_EQUAL(value_of(fields, "Vary"), "Origin");
  const auto foreign = some.fields_for(from("https://b.test"));
  CAF_CHECK_EQUAL(value_of(foreign, allow_origin), "");
  CAF_CHECK_EQUAL(value_of(foreign, "Vary"), "Origin");
}

CAF_TEST(a preflight lists the methods for allowed origins only) {
  const origin_policy some{{"https://a.test"}};
  const auto answer = some.preflight(from("https://a.test"));
  CAF_CHECK_EQUAL(answer.status, 204u);
  CAF_CHECK_EQUAL(value_of(answer.fields, "Access-Control-Allow-Methods"),
                  "GET, POST, OPTIONS");
  const auto foreign = some.preflight(from("https://b.test"));
  CAF_CHECK_EQUAL(value_of(foreign.fields, "Access-Control-Allow-Methods"), "");
}

CAF_TEST(with credentials an empty list means the own origin) {
  const origin_policy own{{}, true};
  const auto admits = [&](std::string origin, std::string host) {
    auto request = from(std::move(origin));
    request.fields.push_back({"Host", std::move(host)});
    return own.admits(request);
  };
  CAF_CHECK(admits("", "a.test"));
  CAF_CHECK(admits("https://a.test", "a.test"));
  CAF_CHECK(admits("https://a.test", "A.test:443"));
  CAF_CHECK(admits("http://a.test", "a.test:80"));
  CAF_CHECK(admits("http://a.test:8080", "a.test:8080"));
  CAF_CHECK(!admits("https://evil.test", "a.test"));
  CAF_CHECK(!admits("https://a.test.evil.test", "a.test"));
  CAF_CHECK(!admits("https://a.test:8080", "a.test"));
  CAF_CHECK(!admits("http://a.test:443", "a.test"));
  CAF_CHECK(!admits("null", "a.test"));
  CAF_CHECK(!admits("https://", ""));
  const auto fields = own.fields_for(from("https://evil.test"));
  CAF_CHECK_EQUAL(value_of(fields, allow_origin), "");
}

CAF_TEST(a list of origins holds with credentials) {
  const origin_policy some{{"https://b.test"}, true};
  CAF_CHECK(some.admits(from("https://b.test")));
  CAF_CHECK(!some.admits(from("https://a.test")));
  CAF_CHECK((origin_policy{{"*"}, true}.admits(from("https://c.test"))));
}
