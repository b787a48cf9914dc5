#define CAF_SUITE centrifuge_connect_hook

#include "tests/actors/support/hook_fixture.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

const std::string welcome =
  R"({"id":1,"connect":{"client":"ID","version":"v","ping":25,"pong":true}})";
const std::string busy =
  R"({"id":1,"error":{"code":111,"message":"too many requests","temporary":true}})";

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_connect_hook_tests, hook_fixture)

CAF_TEST(a client without a token is judged by the backend) {
  const auto ann = start({false, {{"Cookie", "a"}}});
  CAF_CHECK_EQUAL(
    ask(
      ann,
      R"({"id":1,"connect":{"name":"js","version":"5","data":{"k":[1]},"subs":{"a":{},"b":{}}}})"),
    texts{});
  CAF_CHECK_EQUAL(hooks.questions,
                  (texts{R"(connect   Cookie=a|js|5|{"k":[1]}|+a+b)"}));
  auto how = grant("ann");
  how.data = R"({"hello":1})";
  answer(hooks.connects, std::move(how));
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{
      R"({"id":1,"connect":{"client":"ID","version":"v","data":{"hello":1},"ping":25,"pong":true}})"}));
}

CAF_TEST(a client keeps the id of which the backend was told) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})");
  answer(hooks.connects, grant("ann"));
  CAF_REQUIRE_EQUAL(ann->box.frames.size(), 1u);
  CAF_CHECK(ann->box.frames[0].find(hooks.clients[0]) != std::string::npos);
}

CAF_TEST(a token speaks for itself) {
  user("ann");
  CAF_CHECK(hooks.questions.empty());
}

CAF_TEST(without a connect hook nobody is asked) {
  hooks.kinds.erase(hook_kind::connect);
  CAF_CHECK_EQUAL(ask(start(), R"({"id":1,"connect":{}})"), texts{welcome});
}

CAF_TEST(a client that the backend does not know is judged as without it) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})");
  answer(hooks.connects, connect_grant{});
  CAF_CHECK_EQUAL(heard(ann), texts{welcome});
  services.rules.anonymous = false;
  const auto bob = start();
  say(bob, R"({"id":1,"connect":{}})");
  answer(hooks.connects, connect_grant{});
  CAF_CHECK(is_closed(bob, 3501));
}

CAF_TEST(commands after connect wait in order) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})"
           "\n"
           R"({"id":2,"subscribe":{"channel":"a"}})");
  say(ann, R"({"id":3,"publish":{"channel":"a","data":1}})"
           "\n"
           R"({"id":4,"rpc":{"method":"m"}})");
  CAF_CHECK(ann->box.frames.empty());
  CAF_CHECK(log.published.empty());
  answer(hooks.connects, grant("ann"));
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{
      welcome, R"({"id":2,"subscribe":{}})", R"({"id":3,"publish":{}})",
      R"({"push":{"channel":"a","pub":{"data":1,"info":{"user":"ann","client":"ID"}}}})"}));
  CAF_CHECK_EQUAL(hooks.questions.back(), "rpc ann  |m|");
}

CAF_TEST(server side subscriptions recover from positions of the client) {
  const auto ann = start();
  keep("kept:a", "1");
  keep("kept:a", "2");
  say(
    ann,
    R"({"id":1,"connect":{"subs":{"kept:a":{"recover":true,"offset":1,"epoch":")"
      + log.epoch + R"("}}}})");
  auto how = grant("ann");
  how.claims.subs["kept:a"].data = {"7", true};
  answer(hooks.connects, std::move(how));
  const auto frames = heard(ann);
  CAF_REQUIRE_EQUAL(frames.size(), 1u);
  CAF_CHECK(frames[0].find(R"("publications":[{"data":2,"offset":2}])")
            != std::string::npos);
  CAF_CHECK(frames[0].find(R"("data":7)") != std::string::npos);
}

CAF_TEST(a client may be refused with an error) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})"
           "\n"
           R"({"id":2,"subscribe":{"channel":"a"}})");
  say(ann, R"({"id":3,"subscribe":{"channel":"b"}})");
  answer(hooks.connects, own_error);
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{R"({"id":1,"error":{"code":1000,"message":"our own"}})"}));
  CAF_CHECK(!ann->box.closed_with);
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(channels that the backend grants must exist here) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})"
           "\n"
           R"({"id":2,"subscribe":{"channel":"a"}})");
  auto how = grant("ann");
  how.claims.channels = {"nobody:a"};
  answer(hooks.connects, std::move(how));
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{R"({"id":1,"error":{"code":102,"message":"unknown channel"}})"}));
  CAF_CHECK(!ann->box.closed_with);
}

CAF_TEST(a client may be closed as the backend says) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})");
  answer(hooks.connects, banned);
  CAF_CHECK_EQUAL(close_text(ann), "4501 banned");
}

CAF_TEST(too many questions make a client come back later) {
  hooks.is_overloaded = true;
  CAF_CHECK_EQUAL(ask(start(), R"({"id":1,"connect":{}})"), texts{busy});
}

CAF_TEST(a client that has gone meanwhile is not missed) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})");
  ann->closed(close_reason::peer_gone);
  clients.clear();
  answer(hooks.connects, grant("ann"));
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST(a client is not read while the backend is asked) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})");
  CAF_CHECK(ann->box.holds_input);
  answer(hooks.connects, grant("ann"));
  CAF_CHECK(!ann->box.holds_input);
  const auto bob = start();
  say(bob, R"({"id":1,"connect":{}})");
  answer(hooks.connects, own_error);
  CAF_CHECK(!bob->box.holds_input);
}

CAF_TEST(a client for which nobody answers is stale at last) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})");
  pass(10s);
  CAF_CHECK(ann->ping_due() == pinger::nobody);
  CAF_CHECK(!ann->box.closed_with);
  pass(15s);
  ann->ping_due();
  CAF_CHECK(is_closed(ann, 3502));
}

CAF_TEST(an expired grant is an error) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})");
  auto how = grant("ann");
  how.claims.expires_at = clock.now();
  answer(hooks.connects, std::move(how));
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{R"({"id":1,"error":{"code":110,"message":"expired"}})"}));
}

CAF_TEST(the backend is asked shortly before a connection expires) {
  auto how = grant("ann");
  how.claims.expires_at = clock.now() + 60s;
  how.claims.meta = R"({"m":1})";
  const auto ann = let_in(std::move(how));
  pass(25s);
  ann->ping_due();
  CAF_CHECK(hooks.questions.empty());
  pass(25s);
  ann->ping_due();
  ann->ping_due();
  CAF_CHECK_EQUAL(hooks.questions, (texts{R"(refresh ann {"m":1} )"}));
  answer(hooks.refreshes, refresh_grant{false, clock.now() + 1h, R"({"n":2})"});
  pass(30min);
  ann->ping_due();
  CAF_CHECK(!ann->box.closed_with);
  ask(ann, R"({"id":2,"publish":{"channel":"a","data":1}})");
  CAF_CHECK(log.published.back()->fields().find(field_tag::conn_info)
            == R"({"n":2})");
}

CAF_TEST(clients are not told of a time that others keep) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})");
  auto how = grant("ann");
  how.claims.expires_at = clock.now() + 60s;
  answer(hooks.connects, std::move(how));
  CAF_CHECK_EQUAL(heard(ann), texts{welcome});
}

CAF_TEST(the backend may let a connection expire) {
  auto how = grant("ann");
  how.claims.expires_at = clock.now() + 10s;
  for (const bool is_banned : {false, true}) {
    const auto ann = let_in(how);
    ann->ping_due();
    if (is_banned)
      answer(hooks.refreshes, banned);
    else
      answer(hooks.refreshes, refresh_grant{true, {}, {}});
    CAF_CHECK(is_closed(ann, is_banned ? 4501 : 3005));
  }
}

CAF_TEST(an outage of the backend ends no connection) {
  auto how = grant("ann");
  how.claims.expires_at = clock.now() + 10s;
  const auto ann = let_in(std::move(how));
  for (int i = 0; i < 5; ++i) {
    pass(60s);
    ann->ping_due();
    answer(hooks.refreshes, no_answer);
    CAF_CHECK(!ann->box.closed_with);
  }
  hooks.is_overloaded = true;
  pass(60s);
  ann->ping_due();
  CAF_CHECK(!ann->box.closed_with);
}

CAF_TEST(without a refresh hook the client has to come back) {
  hooks.kinds.erase(hook_kind::refresh);
  auto how = grant("ann");
  how.claims.expires_at = clock.now() + 10s;
  const auto ann = let_in(std::move(how));
  pass(9s);
  ann->ping_due();
  CAF_CHECK(!ann->box.closed_with);
  pass(1s);
  ann->ping_due();
  CAF_CHECK(is_closed(ann, 3005));
}

CAF_TEST(a client may go while it is refreshed) {
  auto how = grant("ann");
  how.claims.expires_at = clock.now() + 10s;
  const auto ann = let_in(std::move(how));
  ann->ping_due();
  ann->closed(close_reason::peer_gone);
  clients.clear();
  answer(hooks.refreshes, refresh_grant{true, {}, {}});
  CAF_CHECK(!ann->box.closed_with);
}

CAF_TEST_FIXTURE_SCOPE_END()
