#define CAF_SUITE token_claims

#include "cluster/tokens/token_claims.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

constexpr std::chrono::sys_seconds now{std::chrono::seconds{1000}};

std::chrono::sys_seconds at(std::int64_t seconds) {
  return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

auto connection(std::string_view payload, const token_policy& policy = {}) {
  return read_connection_claims(payload, policy, now);
}

auto subscription(std::string_view payload, const token_policy& policy = {}) {
  return read_subscription_claims(payload, policy, now);
}

template <class Claims>
const Claims& valid(const token_verdict<Claims>& verdict) {
  CAF_REQUIRE(std::holds_alternative<Claims>(verdict));
  return std::get<Claims>(verdict);
}

template <class Claims>
bool is_expired(const token_verdict<Claims>& verdict) {
  return std::holds_alternative<token_untimely>(verdict);
}

// The reason why a token is invalid; empty if it is valid.
template <class Claims>
std::string reason(const token_verdict<Claims>& verdict) {
  const auto* invalid = std::get_if<token_invalid>(&verdict);
  return invalid ? invalid->cause : std::string{};
}

} // namespace

CAF_TEST(an empty connection token is of anybody and for ever) {
  CAF_CHECK(valid(connection("{}")) == connection_claims{});
}

CAF_TEST(a connection token names the user) {
  const auto verdict = connection(R"({
    "sub": "42", "exp": 1001, "info": {"n": 1.50}, "channels": ["a", "b"],
    "subs": {"c": {"info": [1], "b64data": "/w==",
                   "override": {"presence": {"value": true},
                                "join_leave": {"value": false},
                                "force_push_join_leave": {"value": true},
                                "force_recovery": {"value": false},
                                "force_positioning": {"value": true}}},
             "d": {}},
    "meta": {"k": "v"}, "jti": "x", "unknown": [{}]})");
  connection_claims expected;
  expected.user = "42";
  expected.expires_at = at(1001);
  expected.info = {"{\"n\": 1.50}", true};
  expected.channels = {"a", "b"};
  expected.subs["c"] = {.info = {"[1]", true},
                        .data = {"\xff", false},
                        .overrides = {true, false, true, false, true}};
  expected.subs["d"] = {};
  expected.meta = "{\"k\": \"v\"}";
  CAF_CHECK(valid(verdict) == expected);
}

CAF_TEST(a subscription token names the user and the channel) {
  const auto verdict = subscription(R"({
    "sub": "42", "channel": "$a", "client": "c", "b64info": "eyJhIjoxfQ==",
    "info": "unused", "expire_at": 1001,
    "override": {"force_recovery": {"value": true}, "presence": null}})");
  subscription_claims expected;
  expected.user = "42";
  expected.channel = "$a";
  expected.client = "c";
  expected.info = {"{\"a\":1}", true};
  expected.expires_at = at(1001);
  expected.overrides.force_recovery = true;
  CAF_CHECK(valid(verdict) == expected);
}

CAF_TEST(one kind of token does not stand for the other) {
  for (const auto* channel : {"\"a\"", "\"\"", "null", "1"})
    CAF_CHECK_EQUAL(
      reason(connection("{\"channel\":" + std::string{channel} + "}")),
      "a connection token must not have the claim channel");
  for (const auto* payload : {"{}", R"({"channel":""})", R"({"channel":null})"})
    CAF_CHECK_EQUAL(reason(subscription(payload)),
                    "a subscription token must have the claim channel");
}

CAF_TEST(a token expires with its second) {
  CAF_CHECK(valid(connection(R"({"exp":1001})")).expires_at == at(1001));
  CAF_CHECK(is_expired(connection(R"({"exp":1000})")));
  CAF_CHECK(is_expired(connection(R"({"exp":0})")));
  CAF_CHECK(is_expired(subscription(R"({"exp":1000,"channel":"a"})")));
}

CAF_TEST(expire_at goes before exp for the connection alone) {
  CAF_CHECK(valid(connection(R"({"exp":1001,"expire_at":2000})")).expires_at
            == at(2000));
  CAF_CHECK(!valid(connection(R"({"exp":1001,"expire_at":0})")).expires_at);
  CAF_CHECK(!valid(connection(R"({"expire_at":0})")).expires_at);
  CAF_CHECK(is_expired(connection(R"({"exp":1000,"expire_at":2000})")));
  CAF_CHECK(is_expired(connection(R"({"exp":1000,"expire_at":0})")));
  CAF_CHECK(is_expired(connection(R"({"exp":2000,"expire_at":1000})")));
}

CAF_TEST(a token begins with its second) {
  CAF_CHECK(valid(connection(R"({"nbf":1000})")) == connection_claims{});
  const auto early = connection(R"({"sub":"42","nbf":1001})");
  CAF_REQUIRE(std::holds_alternative<token_untimely>(early));
  CAF_CHECK_EQUAL(std::get<token_untimely>(early).cause,
                  "nbf is in the future");
  CAF_CHECK_EQUAL(std::get<token_untimely>(early).user, "42");
}

CAF_TEST(a token of a clock that runs ahead begins within the leeway) {
  const token_policy policy{.leeway = std::chrono::seconds{5}};
  CAF_CHECK_EQUAL(reason(connection(R"({"nbf":1005})", policy)), "");
  CAF_CHECK(is_expired(connection(R"({"nbf":1006})", policy)));
}

CAF_TEST(the time of issue is no condition) {
  CAF_CHECK(valid(connection(R"({"iat":1001,"exp":1002})")).expires_at
            == at(1002));
  CAF_CHECK(valid(connection(R"({"iat":"today"})")) == connection_claims{});
}

CAF_TEST(a time may have a fraction) {
  for (const auto* value : {"2000", "2000.0", "2000.5", "2e3", "2.0005E+3"}) {
    const auto payload = R"({"exp": )" + std::string{value} + " }";
    CAF_CHECK(valid(connection(payload)).expires_at == at(2000));
  }
  CAF_CHECK(valid(connection(R"({"exp":253402300799})")).expires_at
            == at(253402300799));
}

CAF_TEST(a time is a number of seconds) {
  for (const auto* name : {"exp", "expire_at", "nbf"})
    for (const auto* value : {"\"2000\"", "-1", "-0.5", "null", "true",
                              "[2000]", "{}", "253402300800", "1893456000500",
                              "1e400", "99999999999999999999999999"}) {
      const auto payload =
        "{\"" + std::string{name} + "\": " + std::string{value} + " }";
      CAF_CHECK_EQUAL(
        reason(connection(payload)),
        std::string{name}
          + " is not a time in seconds in the years 1970 to 9999");
    }
}

CAF_TEST(a refused token names its user and the claim) {
  const auto verdict = connection(R"({"sub":"42","info":1,"channels":[1]})");
  CAF_REQUIRE(std::holds_alternative<token_invalid>(verdict));
  const auto& invalid = std::get<token_invalid>(verdict);
  CAF_CHECK_EQUAL(invalid.user, "42");
  CAF_CHECK_EQUAL(invalid.cause, "channels is not a list of strings");
}

CAF_TEST(audience and issuer matter only when they are configured) {
  const token_policy policy{.audience = "a", .issuer = "i"};
  for (const auto* payload :
       {R"({"aud":"a","iss":"i"})", R"({"aud":["b","a"],"iss":"i"})"})
    CAF_CHECK_EQUAL(reason(connection(payload, policy)), "");
  for (const auto* payload :
       {R"({"iss":"i"})", R"({"aud":"b","iss":"i"})",
        R"({"aud":["b"],"iss":"i"})", R"({"aud":[],"iss":"i"})",
        R"({"aud":["a",1],"iss":"i"})", R"({"aud":{"a":"a"},"iss":"i"})",
        R"({"aud":[["a"]],"iss":"i"})", R"({"aud":null,"iss":"i"})",
        R"({"aud":"","iss":"i"})"})
    CAF_CHECK_EQUAL(reason(connection(payload, policy)),
                    "aud does not name the audience of token.audience");
  for (const auto* payload :
       {R"({"aud":"a"})", R"({"aud":"a","iss":"j"})", R"({"aud":"a","iss":1})",
        R"({"aud":"a","iss":["i"]})", R"({"aud":"a","iss":""})"})
    CAF_CHECK_EQUAL(reason(connection(payload, policy)),
                    "iss is not the issuer of token.issuer");
  CAF_CHECK_EQUAL(reason(connection(R"({"aud":1,"iss":"j"})")), "");
}

CAF_TEST(claims of the wrong type are refused) {
  for (const auto* claim :
       {R"("sub":42)", R"("sub":["42"])", R"("b64info":1)", R"("b64info":"$")",
        R"("b64info":"YQ")", R"("channels":"a")", R"("channels":[1])",
        R"("channels":[""])", R"("subs":["a"])", R"("subs":{"a":1})",
        R"("subs":{"a":[]})", R"("subs":{"":{}})",
        R"("subs":{"a":{"b64data":"YQ"}})", R"("subs":{"a":{"override":1}})",
        R"("subs":{"a":{"override":{"presence":true}}})",
        R"("subs":{"a":{"override":{"presence":{}}}})",
        R"("subs":{"a":{"override":{"presence":{"value":1}}}})",
        R"("exp":2000,"exp":2001)"})
    CAF_CHECK_NOT_EQUAL(reason(connection("{" + std::string{claim} + "}")), "");
  for (const auto* claim :
       {R"("client":1)", R"("override":[])", R"("channel":["a"])"})
    CAF_CHECK_NOT_EQUAL(
      reason(subscription(R"({"sub":"42",)" + std::string{claim} + "}")), "");
}

CAF_TEST(null is as good as absent) {
  CAF_CHECK(valid(connection(R"({"sub":null,"info":null,"b64info":null,
                                 "channels":null,"subs":null,"meta":null})"))
            == connection_claims{});
  CAF_CHECK(valid(connection(R"({"subs":{"a":null}})")).subs.at("a")
            == granted_channel{});
}

CAF_TEST(an expired token that is wrong besides is invalid) {
  CAF_CHECK_NOT_EQUAL(reason(connection(R"({"exp":1,"channel":"a"})")), "");
  CAF_CHECK_NOT_EQUAL(reason(connection(R"({"exp":1,"sub":1})")), "");
  CAF_CHECK_NOT_EQUAL(reason(connection(R"({"exp":1})", {.issuer = "i"})), "");
}

CAF_TEST(a payload is one object) {
  for (const auto* payload : {"", "[]", "null", "\"sub\"", "1", "{} {}", "{"})
    CAF_CHECK_EQUAL(reason(connection(payload)),
                    "the payload is not a JSON object");
}
