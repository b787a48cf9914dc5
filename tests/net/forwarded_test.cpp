#define CAF_SUITE forwarded

#include "net/peers/forwarded.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

const address_ranges proxies{parse_range("10.0.0.0/8").value(),
                             parse_range("127.0.0.1").value()};

std::string client_of(std::vector<http_field> fields) {
  http_request request;
  request.fields = std::move(fields);
  const auto found = forwarded_client(request, proxies);
  return found ? to_string(*found) : "none";
}

std::string listed(std::string value) {
  return client_of({{"x-forwarded-for", std::move(value)}});
}

std::string forwarded(std::string value) {
  return client_of({{"FORWARDED", std::move(value)}});
}

} // namespace

CAF_TEST(the client is the last address that is no proxy) {
  CAF_CHECK_EQUAL(listed("192.0.2.1"), "192.0.2.1");
  CAF_CHECK_EQUAL(listed("192.0.2.1, 10.0.0.1"), "192.0.2.1");
  CAF_CHECK_EQUAL(listed("203.0.113.9, 192.0.2.1, 10.0.0.1, 127.0.0.1"),
                  "192.0.2.1");
  CAF_CHECK_EQUAL(listed("10.0.0.2,10.0.0.1"), "10.0.0.2");
  CAF_CHECK_EQUAL(client_of({{"X-Forwarded-For", "203.0.113.9"},
                             {"X-Forwarded-For", "192.0.2.1"}}),
                  "192.0.2.1");
}

CAF_TEST(ports and brackets are left out) {
  CAF_CHECK_EQUAL(listed("192.0.2.1:4711"), "192.0.2.1");
  CAF_CHECK_EQUAL(listed("[2001:db8::1]:80"), "2001:db8::1");
  CAF_CHECK_EQUAL(listed("2001:db8::1"), "2001:db8::1");
}

CAF_TEST(an entry that is no address hides the entries before it) {
  CAF_CHECK_EQUAL(client_of({}), "none");
  for (const auto* value : {"", "unknown", "a, b", ",", "[::1", "[::1]x",
                            "192.0.2.1, unknown", "192.0.2.1,"})
    CAF_CHECK_EQUAL(
      listed(value == std::string{"192.0.2.1,"} ? "192.0.2.1,," : value),
      "none");
  CAF_CHECK_EQUAL(listed("192.0.2.1, unknown, 10.0.0.1"), "10.0.0.1");
}

CAF_TEST(the field of RFC 7239 says the same) {
  CAF_CHECK_EQUAL(forwarded("for=192.0.2.1"), "192.0.2.1");
  CAF_CHECK_EQUAL(forwarded("For=192.0.2.1;proto=http, for=10.0.0.1"),
                  "192.0.2.1");
  CAF_CHECK_EQUAL(forwarded("by=10.0.0.1; for=\"[2001:db8::1]:4711\""),
                  "2001:db8::1");
  CAF_CHECK_EQUAL(forwarded("host=\"a,b;for=192.0.2.9\";for=192.0.2.1"),
                  "192.0.2.1");
  CAF_CHECK_EQUAL(forwarded("host=\"a\\\",for=192.0.2.9\""), "none");
  for (const auto* value : {"for=_hidden", "for=unknown", "proto=http", "for",
                            "for=\"", "for=192.0.2.1, by=10.0.0.1"})
    CAF_CHECK_EQUAL(forwarded(value), "none");
}

CAF_TEST(fields that disagree count as none) {
  CAF_CHECK_EQUAL(client_of({{"X-Forwarded-For", "192.0.2.1"},
                             {"Forwarded", "for=192.0.2.1"}}),
                  "192.0.2.1");
  CAF_CHECK_EQUAL(client_of({{"X-Forwarded-For", "192.0.2.1"},
                             {"Forwarded", "for=203.0.113.9"}}),
                  "none");
  CAF_CHECK_EQUAL(
    client_of({{"X-Forwarded-For", "192.0.2.1"}, {"Forwarded", "for=unknown"}}),
    "none");
}
