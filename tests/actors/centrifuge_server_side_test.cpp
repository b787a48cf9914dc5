#define CAF_SUITE centrifuge_server_side

#include "actors/client/user_book.hpp"
#include "tests/actors/support/centrifuge_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

/// Subscriptions that a connection token makes.
struct fixture : centrifuge_fixture {
  fixture() { claims.user = "ann"; }

  client_ptr connect(const std::string& more = {}) {
    const auto result = start();
    say(result, R"({"id":1,"connect":{"token":"ann")" + more + "}}");
    return result;
  }

  connection_claims& claims = tokens.connections["ann"];
};

std::string with_subs(const std::string& subs) {
  return R"({"id":1,"connect":{"client":"ID","version":"v","subs":{)" + subs
         + R"(},"ping":25,"pong":true}})";
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_server_side_tests, fixture)

CAF_TEST(a token subscribes its bearer) {
  claims.subs["closed:a"] = {};
  claims.subs["seen:b"].data = {R"({"hi":1})", true};
  claims.subs["seen:b"].info = {"7", true};
  const auto ann = connect();
  const auto frames = heard(ann);
  CAF_REQUIRE_EQUAL(frames.size(), 1u);
  CAF_CHECK(frames[0].find(R"("closed:a":{})") != std::string::npos);
  CAF_CHECK(frames[0].find(R"("seen:b":{"data":{"hi":1}})")
            != std::string::npos);
  CAF_REQUIRE_EQUAL(log.entered.size(), 1u);
  CAF_CHECK_EQUAL(log.entered[0].who.info.chan_info, "7");
  publish("closed:a", "1");
  CAF_CHECK_EQUAL(heard(ann),
                  texts{R"({"push":{"channel":"closed:a","pub":{"data":1}}})"});
}

CAF_TEST(subs replace channels) {
  claims.channels = {"a"};
  claims.subs["b"] = {};
  const auto frames = heard(connect());
  CAF_REQUIRE_EQUAL(frames.size(), 1u);
  CAF_CHECK(frames[0].find(R"("subs":{"b":{}})") != std::string::npos);
}

CAF_TEST(everything waits for the answer to connect) {
  claims.channels = {"a", "b"};
  log.confirms = false;
  const auto ann = connect("}}\n"
                           R"({"id":2,"rpc":{"method":"m")");
  tell({}, log.channels.at("a"), confirm_atom_v);
  publish("a", "1");
  CAF_CHECK(ann->box.frames.empty());
  CAF_CHECK(ann->ping_due() == pinger::nobody);
  tell({}, log.channels.at("b"), confirm_atom_v);
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{with_subs(R"("a":{},"b":{})"),
           R"({"id":2,"error":{"code":108,"message":"not available"}})",
           R"({"push":{"channel":"a","pub":{"data":1}}})"}));
}

CAF_TEST(a client that waits too long has to come back) {
  claims.channels = {"a"};
  log.confirms = false;
  const auto ann = connect();
  CAF_CHECK(!ann->box.closed_with);
  lose_patience("a");
  CAF_CHECK(is_closed(ann, 3004));
}

CAF_TEST(publications that wait for a connecting client are bounded) {
  claims.channels = {"a", "b"};
  log.confirms = false;
  const auto ann = connect();
  tell({}, log.channels.at("a"), confirm_atom_v);
  const std::string data(centrifuge_connection::max_held / 2, '1');
  publish("a", data);
  CAF_CHECK(!ann->box.closed_with);
  publish("a", data);
  CAF_CHECK(is_closed(ann, 3010));
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST(a client recovers the subscriptions of its token) {
  claims.channels = {"kept:a"};
  for (const auto* data : {"1", "2"})
    keep("kept:a", data);
  const auto ann =
    connect(R"(,"subs":{"kept:a":{"recover":true,"offset":1,"epoch":"e"}})");
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{with_subs(
      R"("kept:a":{"recoverable":true,"epoch":"e","publications":[{"data":2,"offset":2}],"recovered":true,"offset":1,"positioned":true,"was_recovering":true})")});
}

CAF_TEST(a server - side subscription that lost its place ends the connection) {
  claims.subs["kept:a"].overrides.force_recovery = true;
  const auto ann = connect();
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{with_subs(
      R"("kept:a":{"recoverable":true,"epoch":"e","positioned":true})")});
  log.epoch = "f";
  tell({}, log.channels.at("kept:a"), gapped{gap_reason::link_lost});
  settle();
  CAF_CHECK(is_closed(ann, 3010));
}

CAF_TEST(a subscription by the server is one like any other) {
  claims.channels = {"a"};
  const auto ann = connect();
  heard(ann);
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"subscribe":{"channel":"a"}})"),
    texts{R"({"id":2,"error":{"code":105,"message":"already subscribed"}})"});
  CAF_CHECK_EQUAL(ask(ann, R"({"id":3,"unsubscribe":{"channel":"a"}})"),
                  texts{R"({"id":3,"unsubscribe":{}})"});
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(leaving the last channel that waits answers connect) {
  claims.channels = {"a"};
  log.confirms = false;
  const auto ann = connect("}}\n"
                           R"({"id":2,"unsubscribe":{"channel":"a")");
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{
      R"({"id":1,"connect":{"client":"ID","version":"v","ping":25,"pong":true}})",
      R"({"id":2,"unsubscribe":{}})"}));
}

CAF_TEST(a token with bad channels is refused) {
  claims.channels = {"nobody:a"};
  CAF_CHECK_EQUAL(
    heard(connect()),
    texts{R"({"id":1,"error":{"code":102,"message":"unknown channel"}})"});
  for (const auto* name : {"__x", "a\n"}) {
    claims.channels = {name};
    CAF_CHECK(is_closed(connect(), 3500));
  }
  services.rules.channels_per_client = 2;
  claims.channels = {"a", "b", "a"};
  CAF_CHECK(!connect()->box.closed_with);
  claims.channels = {"a", "b", "c"};
  CAF_CHECK(is_closed(connect(), 3505));
}

CAF_TEST(a client has its place among those of its user while it connects) {
  user_book book{1};
  shared.clients.count_in(book);
  claims.channels = {"a"};
  log.confirms = false;
  const auto first = connect();
  CAF_CHECK(is_closed(connect(), 3013));
  tell({}, log.channels.at("a"), confirm_atom_v);
  CAF_CHECK(!first->box.closed_with);
  CAF_CHECK(is_closed(connect(), 3013));
  first->closed(close_reason::peer_gone);
  settle();
  const auto last = connect();
  CAF_CHECK(!last->box.closed_with);
  last->closed(close_reason::peer_gone);
  settle();
}

CAF_TEST_FIXTURE_SCOPE_END()
