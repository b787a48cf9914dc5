#define CAF_SUITE admin_guard

#include "cluster/admin/admin_guard.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

struct fixture {
  unsigned foreign(std::string host, std::string origin = "") {
    http_request request;
    request.fields.push_back({"Host", host});
    if (!origin.empty())
      request.fields.push_back({"Origin", origin});
    const auto refused = admin_guard{config}.refuse_foreign(request);
    return refused ? refused->status : 200;
  }

  unsigned stranger(std::string authorization) {
    http_request request;
    if (!authorization.empty())
      request.fields.push_back({"Authorization", authorization});
    const auto refused = admin_guard{config}.refuse_stranger(request);
    return refused ? refused->status : 200;
  }

  settings::admin_settings config;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(admin_guard_tests, fixture)

CAF_TEST(the listener is asked for by localhost or an address) {
  for (const auto* host : {"localhost:9080", "127.0.0.1:9080", "[::1]:9080",
                           "192.0.2.7:9080", "[2001:db8::1]", "LOCALHOST"})
    CAF_CHECK_EQUAL(foreign(host), 200u);
}

CAF_TEST(a foreign name is refused although it leads here) {
  for (const auto* host :
       {"evil.example", "evil.example:9080", "localhost.evil.example", "",
        "127.0.0.1.evil.example", "[::1", "127.0.0.1@evil.example"})
    CAF_CHECK_EQUAL(foreign(host), 403u);
}

CAF_TEST(a configured name is an own one) {
  config.hosts = {"ops.example.com"};
  CAF_CHECK_EQUAL(foreign("ops.example.com:9080"), 200u);
  CAF_CHECK_EQUAL(foreign("example.com:9080"), 403u);
}

CAF_TEST(a page of another origin is refused) {
  CAF_CHECK_EQUAL(foreign("127.0.0.1:9080", "http://127.0.0.1:9080"), 200u);
  CAF_CHECK_EQUAL(foreign("127.0.0.1:9080", "http://127.0.0.1:8080"), 403u);
  CAF_CHECK_EQUAL(foreign("127.0.0.1:9080", "http://evil.example"), 403u);
  CAF_CHECK_EQUAL(foreign("127.0.0.1:9080", "null"), 403u);
}

CAF_TEST(without a token everybody is let in) {
  CAF_CHECK_EQUAL(stranger(""), 200u);
  CAF_CHECK(admin_guard{config}.admits(""));
}

CAF_TEST(with a token only its bearer is let in) {
  config.token = "s3cret";
  CAF_CHECK_EQUAL(stranger("Bearer s3cret"), 200u);
  for (const auto* wrong :
       {"", "Bearer s3creT", "Bearer s3cre", "Basic s3cret", "s3cret"})
    CAF_CHECK_EQUAL(stranger(wrong), 401u);
  CAF_CHECK(admin_guard{config}.admits("s3cret"));
  CAF_CHECK(!admin_guard{config}.admits("s3cre"));
}

CAF_TEST_FIXTURE_SCOPE_END()
