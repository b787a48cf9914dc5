#define CAF_SUITE centrifuge_tokens

#include "tests/actors/support/centrifuge_fixture.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct fixture : centrifuge_fixture {
  client_ptr connect(const std::string& token) {
    const auto result = start();
    say(result, connect_with(token));
    return result;
  }

  static std::string connect_with(const std::string& token) {
    return R"({"id":1,"connect":{"token":")" + token + R"("}})";
  }

  texts subscribe(const client_ptr& client, const std::string& channel,
                  const std::string& token = {}) {
    return ask(client, R"({"id":2,"subscribe":{"channel":")" + channel
                         + R"(","token":")" + token + R"("}})");
  }

  /// A token for `channel` of the user "ann", under that name.
  subscription_claims& permit(const std::string& channel) {
    auto& claims = tokens.subscriptions[channel];
    claims.user = "ann";
    claims.channel = channel;
    return claims;
  }

  connection_claims& ann_claims() {
    auto& claims = tokens.connections["ann"];
    claims.user = "ann";
    return claims;
  }
};

std::string result_of_connect(const std::string& more) {
  return R"({"id":1,"connect":{"client":"ID","version":"v")" + more
         + R"(,"ping":25,"pong":true}})";
}

const texts subscribed{R"({"id":2,"subscribe":{}})"};
const texts published{R"({"id":2,"publish":{}})"};
const texts denied{
  R"({"id":2,"error":{"code":103,"message":"permission denied"}})"};

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_tokens_tests, fixture)

CAF_TEST(a connection may expire) {
  ann_claims().expires_at = clock.time + 60s;
  CAF_CHECK_EQUAL(heard(connect("ann")),
                  texts{result_of_connect(R"(,"expires":true,"ttl":60)")});
}

CAF_TEST(an expired token is told and ends the frame) {
  const auto ann = start();
  CAF_CHECK_EQUAL(
    ask(ann, connect_with("expired")
               + "\n"
                 R"({"id":2,"subscribe":{"channel":"a"}})"),
    texts{R"({"id":1,"error":{"code":109,"message":"token expired"}})"});
  CAF_CHECK(!ann->box.closed_with);
  say(ann, R"({"id":3,"connect":{}})");
  CAF_CHECK(is_closed(ann, 3501));
}

CAF_TEST(an invalid token ends the connection) {
  CAF_CHECK(is_closed(connect("forged"), 3500));
  services.tokens = nullptr;
  CAF_CHECK(is_closed(connect("ann"), 3500));
}

CAF_TEST(without credentials nobody connects unless that is allowed) {
  services.rules.anonymous = false;
  CAF_CHECK(is_closed(connect(""), 3501));
  services.rules.insecure = true;
  CAF_CHECK(!connect("")->box.closed_with);
}

CAF_TEST(an insecure node lets everybody do everything) {
  services.rules = {.insecure = true, .version = "v"};
  ann_claims().expires_at = clock.time + 60s;
  CAF_CHECK_EQUAL(heard(connect("ann")), texts{result_of_connect("")});
  services.tokens = nullptr;
  const auto ann = connect("anything");
  CAF_CHECK_EQUAL(heard(ann), texts{result_of_connect("")});
  for (const auto* channel : {"closed:a", "$secret", "a#bob", "users:a"})
    CAF_CHECK_EQUAL(subscribe(ann, channel), subscribed);
  CAF_CHECK_EQUAL(subscribe(ann, "$other", "anything"), subscribed);
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"publish":{"channel":"closed:b","data":1}})"),
    published);
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"refresh":{"token":"x"}})"),
                  texts{R"({"id":2,"refresh":{"client":"ID","version":"v"}})"});
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"sub_refresh":{"channel":"$other","token":"x"}})"),
    texts{R"({"id":2,"sub_refresh":{}})"});
  CAF_CHECK_EQUAL(subscribe(ann, "__x"), denied);
}

CAF_TEST(info that is no JSON cannot be told) {
  ann_claims().info = {"\x01", false};
  CAF_CHECK(is_closed(connect("ann"), 3506));
  ann_claims().info = {};
  ann_claims().subs["a"].data = {"\x01", false};
  CAF_CHECK(is_closed(connect("ann"), 3506));
  ann_claims().subs.clear();
  permit("$a").info = {"\x01", false};
  const auto ann = connect("ann");
  subscribe(ann, "$a", "$a");
  CAF_CHECK(is_closed(ann, 3506));
}

CAF_TEST(an expired connection has a while for its refresh) {
  ann_claims().expires_at = clock.time + 60s;
  const auto ann = connect("ann");
  heard(ann);
  pass(84s);
  CAF_CHECK(ann->ping_due() == pinger::actor);
  pass(1s);
  CAF_CHECK(ann->ping_due() == pinger::nobody);
  CAF_CHECK(is_closed(ann, 3005));
  const auto other = connect("ann");
  say(other, R"({"id":2,"rpc":{}})");
  CAF_CHECK(is_closed(other, 3005));
}

CAF_TEST(a refresh prolongs the connection) {
  ann_claims().expires_at = clock.time + 60s;
  const auto ann = connect("ann");
  heard(ann);
  ann_claims().expires_at = clock.time + 500s;
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"refresh":{"token":"ann"}})"),
    texts{
      R"({"id":2,"refresh":{"client":"ID","version":"v","expires":true,"ttl":500}})"});
  pass(100s);
  CAF_CHECK(ann->ping_due() == pinger::actor);
}

CAF_TEST(a refresh may go wrong) {
  ann_claims();
  tokens.connections["bob"].user = "bob";
  const std::pair<const char*, std::uint16_t> cases[] = {
    {"expired", 3005}, {"forged", 3500}, {"bob", 3500}, {"", 3501}};
  for (const auto& [token, code] : cases) {
    const auto ann = connect("ann");
    say(ann, R"({"id":2,"refresh":{"token":")" + std::string{token} + "\"}}");
    CAF_CHECK(is_closed(ann, code));
  }
}

CAF_TEST(a refresh that takes a channel away sends the client back) {
  ann_claims().channels = {"staff", "news"};
  const auto ann = connect("ann");
  heard(ann);
  ann_claims().channels = {"news", "staff"};
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"refresh":{"token":"ann"}})").size(), 1u);
  ann_claims().channels = {"news", "extra"};
  say(ann, R"({"id":3,"refresh":{"token":"ann"}})");
  CAF_CHECK(is_closed(ann, 3010));
}

CAF_TEST(a refresh ends subscriptions that are not in subs) {
  ann_claims().channels = {"staff"};
  const auto ann = connect("ann");
  ann_claims().subs["news"] = {};
  say(ann, R"({"id":2,"refresh":{"token":"ann"}})");
  CAF_CHECK(is_closed(ann, 3010));
}

CAF_TEST(a private channel needs a token) {
  const auto ann = user("ann");
  CAF_CHECK_EQUAL(subscribe(ann, "$a"), denied);
  permit("$a");
  CAF_CHECK_EQUAL(subscribe(ann, "$a", "$a"), subscribed);
}

CAF_TEST(a private channel belongs to the namespace behind its sign) {
  permit("$seen:a");
  const auto ann = user("ann");
  CAF_CHECK_EQUAL(subscribe(ann, "$seen:a", "$seen:a"), subscribed);
  CAF_CHECK_EQUAL(log.entered.size(), 1u);
  CAF_CHECK_EQUAL(
    subscribe(ann, "$nobody:a"),
    texts{R"({"id":2,"error":{"code":102,"message":"unknown channel"}})"});
}

CAF_TEST(a token opens channels that the namespace closes) {
  permit("closed:a");
  const auto ann = user("ann");
  CAF_CHECK_EQUAL(subscribe(ann, "closed:a"), denied);
  CAF_CHECK_EQUAL(subscribe(ann, "closed:a", "closed:a"), subscribed);
}

CAF_TEST(anonymous clients are users where that is allowed) {
  const auto nobody = connected();
  CAF_CHECK_EQUAL(subscribe(nobody, "users:a"), denied);
  CAF_CHECK_EQUAL(subscribe(nobody, "a"), subscribed);
  CAF_CHECK_EQUAL(subscribe(user("ann"), "users:a"), subscribed);
}

CAF_TEST(a list of users limits a channel) {
  CAF_CHECK_EQUAL(subscribe(user("ann"), "closed:a#bob,ann"), subscribed);
  CAF_CHECK_EQUAL(subscribe(user("an"), "a#bob,ann"), denied);
  CAF_CHECK_EQUAL(subscribe(connected(), "a#"), denied);
}

CAF_TEST(a bad subscription token is refused) {
  permit("$a");
  const auto ann = user("ann");
  CAF_CHECK_EQUAL(
    subscribe(ann, "$a", "expired"),
    texts{R"({"id":2,"error":{"code":109,"message":"token expired"}})"});
  CAF_CHECK_EQUAL(subscribe(ann, "$a", "forged"), denied);
  services.tokens = nullptr;
  CAF_CHECK_EQUAL(subscribe(ann, "$a", "$a"), denied);
}

CAF_TEST(a token of somebody else ends the connection) {
  permit("$a");
  permit("$b").user = "bob";
  permit("$c").client = "other";
  const auto ann = user("ann");
  subscribe(ann, "$x", "$a");
  CAF_CHECK(is_closed(ann, 3500));
  for (const auto* channel : {"$b", "$c"}) {
    const auto next = user("ann");
    subscribe(next, channel, channel);
    CAF_CHECK(is_closed(next, 3500));
  }
}

CAF_TEST(a subscription token changes the options) {
  auto& claims = permit("a");
  claims.info = {R"({"n":1})", true};
  claims.overrides.presence = true;
  claims.overrides.join_leave = false;
  const auto ann = user("ann");
  CAF_CHECK_EQUAL(subscribe(ann, "a", "a"), subscribed);
  CAF_REQUIRE_EQUAL(log.entered.size(), 1u);
  CAF_CHECK_EQUAL(log.entered[0].who.info.chan_info, R"({"n":1})");
  CAF_CHECK(!log.entered[0].tells);
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"presence":{"channel":"a"}})"),
                  texts{R"({"id":2,"presence":{"presence":{}}})"});
  ask(ann, R"({"id":2,"publish":{"channel":"a","data":1}})");
  CAF_CHECK(log.published[0]->fields().find(field_tag::chan_info)
            == R"({"n":1})");
}

CAF_TEST(an expired subscription ends unless it is refreshed) {
  permit("$a").expires_at = clock.time + 60s;
  permit("$b").expires_at = clock.time + 60s;
  const auto ann = user("ann");
  CAF_CHECK_EQUAL(subscribe(ann, "$a", "$a"),
                  texts{R"({"id":2,"subscribe":{"expires":true,"ttl":60}})"});
  subscribe(ann, "$b", "$b");
  permit("$b").expires_at = clock.time + 300s;
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":3,"sub_refresh":{"channel":"$b","token":"$b"}})"),
    texts{R"({"id":3,"sub_refresh":{"expires":true,"ttl":300}})"});
  pass(85s);
  ann->ping_due();
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{
      R"({"push":{"channel":"$a","unsubscribe":{"code":2501,"reason":"subscription expired"}}})",
      "{}"}));
  CAF_CHECK_EQUAL(
    subscribe(ann, "$b", "$b"),
    texts{R"({"id":2,"error":{"code":105,"message":"already subscribed"}})"});
}

CAF_TEST(the refresh of a subscription may go wrong) {
  permit("$a");
  const auto ann = user("ann");
  const auto refresh = [&](const std::string& token) {
    return ask(ann, R"({"id":2,"sub_refresh":{"channel":"$a","token":")" + token
                      + "\"}}");
  };
  CAF_CHECK_EQUAL(refresh("$a"), denied);
  subscribe(ann, "$a", "$a");
  CAF_CHECK_EQUAL(
    refresh(""),
    texts{R"({"id":2,"error":{"code":107,"message":"bad request"}})"});
  CAF_CHECK_EQUAL(refresh("forged"), denied);
  permit("$a").channel = "$b";
  refresh("$a");
  CAF_CHECK(is_closed(ann, 3500));
}

CAF_TEST(an expired token for a subscription sends the client back) {
  permit("$a");
  const auto ann = user("ann");
  subscribe(ann, "$a", "$a");
  say(ann, R"({"id":2,"sub_refresh":{"channel":"$a","token":"expired"}})");
  CAF_CHECK(is_closed(ann, 3006));
}

CAF_TEST(a refresh with another info renews the presence) {
  permit("$seen:a");
  const auto ann = user("ann");
  subscribe(ann, "$seen:a", "$seen:a");
  permit("$seen:a").info = {"7", true};
  ask(ann, R"({"id":3,"sub_refresh":{"channel":"$seen:a","token":"$seen:a"}})");
  CAF_REQUIRE_EQUAL(log.entered.size(), 2u);
  CAF_CHECK_EQUAL(log.entered[1].who.info.chan_info, "7");
}

CAF_TEST(restricted channels are closed to publishers and readers alike) {
  permit("$a");
  const auto ann = user("ann");
  const auto* publish = R"({"id":2,"publish":{"channel":"$a","data":1}})";
  CAF_CHECK_EQUAL(ask(ann, publish), denied);
  subscribe(ann, "$a", "$a");
  CAF_CHECK_EQUAL(ask(ann, publish).size(), 2u);
  CAF_CHECK_EQUAL(log.published.size(), 1u);
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"publish":{"channel":"a#bob","data":1}})"), denied);
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"publish":{"channel":"a#ann","data":1}})"), published);
}

CAF_TEST_FIXTURE_SCOPE_END()
