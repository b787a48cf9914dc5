#define CAF_SUITE centrifuge_hooks

#include "tests/actors/support/hook_fixture.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

const texts denied{
  R"({"id":2,"error":{"code":103,"message":"permission denied"}})"};
const texts failed{R"({"id":2,"error":{"code":1000,"message":"our own"}})"};
const texts temporary{
  R"({"id":2,"error":{"code":100,"message":"internal server error","temporary":true}})"};
const texts too_many{
  R"({"id":2,"error":{"code":111,"message":"too many requests","temporary":true}})"};
const texts published{R"({"id":2,"publish":{}})"};
const texts subscribed{R"({"id":2,"subscribe":{}})"};

std::string subscribe(const std::string& channel, int id = 2) {
  return R"({"id":)" + std::to_string(id) + R"(,"subscribe":{"channel":")"
         + channel + R"("}})";
}

std::string publish_to(const std::string& channel,
                       const std::string& data = "1", int id = 2) {
  return R"({"id":)" + std::to_string(id) + R"(,"publish":{"channel":")"
         + channel + R"(","data":)" + data + "}}";
}

struct fixture : hook_fixture {
  /// Checks the replies to a command that the backend refuses, does not answer
  /// or cannot be asked about; `waiting` are the questions of its kind.
  template <class Waiting>
  void check_refusals(const client_ptr& client, const std::string& command,
                      Waiting& waiting) {
    ask(client, command);
    answer(waiting, own_error);
    CAF_CHECK_EQUAL(heard(client), failed);
    ask(client, command);
    answer(waiting, no_answer);
    CAF_CHECK_EQUAL(heard(client), temporary);
    hooks.is_overloaded = true;
    CAF_CHECK_EQUAL(ask(client, command), too_many);
    hooks.is_overloaded = false;
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_hooks_tests, fixture)

CAF_TEST(the backend lets clients into channels) {
  const auto ann = let_in("ann");
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"subscribe":{"channel":"asked:a","data":{"k":1}}})"),
    texts{});
  CAF_CHECK_EQUAL(hooks.questions,
                  (texts{R"(subscribe ann  |asked:a|{"k":1})"}));
  answer(hooks.subscribes, subscribe_grant{R"({"i":1})", R"({"d":1})", {}, {}});
  CAF_CHECK_EQUAL(heard(ann),
                  (texts{R"({"id":2,"subscribe":{"data":{"d":1}}})"}));
}

CAF_TEST(a subscription token still wins) {
  const auto ann = let_in("ann");
  auto& claims = tokens.subscriptions["t"];
  claims.user = "ann";
  claims.channel = "asked:a";
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"subscribe":{"channel":"asked:a","token":"t"}})"),
    subscribed);
  CAF_CHECK(hooks.questions.empty());
}

CAF_TEST(channels of a few are not for the backend to open) {
  const auto ann = let_in("ann");
  CAF_CHECK_EQUAL(ask(ann, subscribe("$asked:a")), denied);
  CAF_CHECK_EQUAL(ask(ann, subscribe("asked:a#bob")), denied);
  CAF_CHECK_EQUAL(ask(ann, publish_to("$asked:a")), denied);
  CAF_CHECK_EQUAL(ask(ann, publish_to("asked:a#bob")), denied);
  CAF_CHECK(hooks.questions.empty());
  ask(ann, subscribe("asked:a#bob,ann"));
  CAF_CHECK_EQUAL(hooks.questions.size(), 1u);
}

CAF_TEST(without a hook a channel that needs one is closed) {
  hooks.kinds = {};
  const auto ann = user("ann");
  CAF_CHECK_EQUAL(ask(ann, subscribe("asked:a")), denied);
  CAF_CHECK_EQUAL(ask(ann, publish_to("asked:a")), denied);
}

CAF_TEST(a subscription may be refused) {
  const auto ann = let_in("ann");
  check_refusals(ann, subscribe("asked:a"), hooks.subscribes);
  ask(ann, subscribe("asked:a"));
  answer(hooks.subscribes, banned);
  CAF_CHECK_EQUAL(close_text(ann), "4501 banned");
}

CAF_TEST(a subscription that is asked about counts) {
  services.rules.channels_per_client = 1;
  const auto ann = let_in("ann");
  ask(ann, subscribe("asked:a"));
  CAF_CHECK_EQUAL(
    ask(ann, subscribe("asked:a", 3)),
    (texts{R"({"id":3,"error":{"code":105,"message":"already subscribed"}})"}));
  CAF_CHECK_EQUAL(
    ask(ann, subscribe("b", 4)),
    (texts{R"({"id":4,"error":{"code":106,"message":"limit exceeded"}})"}));
  CAF_CHECK_EQUAL(hooks.questions.size(), 1u);
}

CAF_TEST(subscriptions are asked about side by side) {
  const auto ann = let_in("ann");
  ask(ann, subscribe("asked:a") + "\n" + subscribe("asked:b", 3));
  CAF_REQUIRE_EQUAL(hooks.subscribes.size(), 2u);
  std::swap(hooks.subscribes[0], hooks.subscribes[1]);
  answer(hooks.subscribes, subscribe_grant{});
  answer(hooks.subscribes, subscribe_grant{});
  CAF_CHECK_EQUAL(heard(ann), (texts{R"({"id":3,"subscribe":{}})",
                                     R"({"id":2,"subscribe":{}})"}));
}

CAF_TEST(an unsubscribe waits for the answer about its subscription) {
  const auto ann = let_in("ann");
  ask(ann, subscribe("asked:a"));
  CAF_CHECK_EQUAL(ask(ann, R"({"id":3,"unsubscribe":{"channel":"asked:a"}})"),
                  texts{});
  CAF_CHECK_EQUAL(ask(ann, subscribe("asked:a", 4)), texts{});
  CAF_CHECK(ann->box.holds_input);
  answer(hooks.subscribes, own_error);
  const auto answers = heard(ann);
  CAF_REQUIRE_EQUAL(answers.size(), 2u);
  CAF_CHECK(answers[0].starts_with(R"({"id":2,"error":)"));
  CAF_CHECK_EQUAL(answers[1], R"({"id":3,"unsubscribe":{}})");
  answer(hooks.subscribes, subscribe_grant{});
  CAF_CHECK_EQUAL(heard(ann), (texts{R"({"id":4,"subscribe":{}})"}));
}

CAF_TEST(a question is not overdue before its answer is) {
  const auto ann = let_in("ann");
  ask(ann, subscribe("asked:a"));
  for (int i = 0; i < 3; ++i)
    ann->ping_due();
  ann->box.frames.clear();
  answer(hooks.subscribes, subscribe_grant{});
  CAF_CHECK_EQUAL(heard(ann), subscribed);
}

CAF_TEST(the options of a subscription survive the hook) {
  keep("kept:a", "1");
  keep("kept:a", "2");
  const auto ann = let_in("ann");
  say(
    ann,
    R"({"id":2,"subscribe":{"channel":"kept:a","recover":true,"offset":1,"epoch":")"
      + log.epoch + R"("}})");
  answer(hooks.subscribes, subscribe_grant{});
  const auto frames = heard(ann);
  CAF_REQUIRE_EQUAL(frames.size(), 1u);
  CAF_CHECK(frames[0].find(R"("publications":[{"data":2,"offset":2}])")
            != std::string::npos);
}

CAF_TEST(a subscription that expires is asked for again) {
  const auto ann = let_in("ann");
  ask(ann, subscribe("asked:a"));
  answer(hooks.subscribes, subscribe_grant{{}, {}, clock.now() + 20s, {}});
  CAF_CHECK_EQUAL(heard(ann), subscribed);
  pass(20s);
  ann->ping_due();
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{
      R"({"push":{"channel":"asked:a","unsubscribe":{"code":2501,"reason":"subscription expired"}}})",
      "{}"}));
}

CAF_TEST(the backend lets publications pass) {
  const auto ann = let_in("ann");
  CAF_CHECK_EQUAL(ask(ann, publish_to("asked:a", R"({"x": 1})")), texts{});
  CAF_CHECK_EQUAL(hooks.questions,
                  (texts{R"(publish ann  |asked:a|{"x": 1})"}));
  CAF_CHECK(log.published.empty());
  answer(hooks.publishes, publish_grant{});
  CAF_CHECK_EQUAL(heard(ann), published);
  CAF_REQUIRE_EQUAL(log.published.size(), 1u);
  CAF_CHECK(log.published[0]->data() == R"({"x": 1})");
  CAF_CHECK(log.published[0]->fields().find(field_tag::user) == "ann");
}

CAF_TEST(the backend may change a publication) {
  const auto ann = let_in("ann");
  ask(ann, publish_to("asked:a"));
  answer(hooks.publishes, publish_grant{claim_data{"[2]", true}, false});
  ask(ann, publish_to("asked:a"));
  answer(hooks.publishes, publish_grant{claim_data{"\xff", false}, false});
  CAF_REQUIRE_EQUAL(log.published.size(), 2u);
  CAF_CHECK(log.published[0]->data() == "[2]");
  CAF_CHECK(log.published[1]->kind() == payload_kind::binary);
}

CAF_TEST(a publication may be refused) {
  const auto ann = let_in("ann");
  check_refusals(ann, publish_to("asked:a"), hooks.publishes);
  ask(ann, publish_to("asked:a") + "\n" + publish_to("asked:a", "2", 3));
  answer(hooks.publishes, banned);
  CAF_CHECK_EQUAL(close_text(ann), "4501 banned");
  CAF_CHECK(hooks.publishes.empty());
  CAF_CHECK(log.published.empty());
}

CAF_TEST(publications keep their order) {
  const auto ann = let_in("ann");
  ask(ann, publish_to("asked:a", "1", 2) + "\n" + publish_to("asked:b", "2", 3)
             + "\n" + publish_to("asked:a", "3", 4));
  CAF_REQUIRE_EQUAL(hooks.publishes.size(), 1u);
  answer(hooks.publishes, publish_grant{});
  CAF_REQUIRE_EQUAL(hooks.publishes.size(), 1u);
  answer(hooks.publishes, own_error);
  hooks.is_overloaded = true;
  say(ann, publish_to("asked:a", "4", 5));
  answer(hooks.publishes, publish_grant{});
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{
      R"({"id":2,"publish":{}})",
      R"({"id":3,"error":{"code":1000,"message":"our own"}})",
      R"({"id":5,"error":{"code":111,"message":"too many requests","temporary":true}})",
      R"({"id":4,"publish":{}})"}));
  CAF_REQUIRE_EQUAL(log.published.size(), 2u);
  CAF_CHECK(log.published[1]->data() == "3");
}

CAF_TEST(commands wait unread while too many wait for backends) {
  const auto ann = let_in("ann");
  for (std::size_t i = 0; i < credit_account::max_commands; ++i)
    say(ann, publish_to("asked:a"));
  CAF_CHECK(!ann->box.holds_input);
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"rpc":{"method":"m"}})"), texts{});
  CAF_CHECK(ann->box.holds_input);
  CAF_CHECK(hooks.rpcs.empty());
  for (std::size_t i = 0; i < credit_account::max_commands / 2; ++i)
    answer(hooks.publishes, own_error);
  CAF_CHECK(!ann->box.holds_input);
  CAF_CHECK_EQUAL(hooks.rpcs.size(), 1u);
}

CAF_TEST(commands wait unread while too many bytes wait for backends) {
  const auto ann = let_in("ann");
  const auto data = '"' + std::string(60'000, 'x') + '"';
  std::size_t sent = 0;
  for (; !ann->box.holds_input; sent += data.size())
    say(ann, publish_to("asked:a", data));
  CAF_CHECK(sent >= credit_account::max_bytes);
  CAF_CHECK(sent < credit_account::max_bytes + 3 * data.size());
}

CAF_TEST(the backend answers rpc) {
  const auto ann = let_in("ann");
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"rpc":{"method":"m","data":{"a": 1}}})"),
                  texts{});
  CAF_CHECK_EQUAL(hooks.questions, (texts{R"(rpc ann  |m|{"a": 1})"}));
  answer(hooks.rpcs, rpc_grant{R"({"b": 2})"});
  CAF_CHECK_EQUAL(heard(ann), (texts{R"({"id":2,"rpc":{"data":{"b": 2}}})"}));
}

CAF_TEST(rpc may fail) {
  const auto ann = let_in("ann");
  ask(ann, R"({"id":2,"rpc":{"method":"m"}})");
  answer(hooks.rpcs, own_error);
  CAF_CHECK_EQUAL(heard(ann), failed);
  ask(ann, R"({"id":2,"rpc":{"method":"m"}})");
  answer(hooks.rpcs, no_answer);
  CAF_CHECK_EQUAL(heard(ann), temporary);
  hooks.is_overloaded = true;
  CAF_CHECK_EQUAL(ask(ann, R"({"id":2,"rpc":{"method":"m"}})"), too_many);
  hooks.kinds.erase(hook_kind::rpc);
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"rpc":{"method":"m"}})"),
    (texts{R"({"id":2,"error":{"code":108,"message":"not available"}})"}));
}

CAF_TEST(rpc answers come in the order of the backend) {
  const auto ann = let_in("ann");
  ask(ann, R"({"id":2,"rpc":{"method":"slow"}})"
           "\n"
           R"({"id":3,"rpc":{"method":"fast"}})");
  std::swap(hooks.rpcs[0], hooks.rpcs[1]);
  answer(hooks.rpcs, rpc_grant{"1"});
  CAF_CHECK_EQUAL(heard(ann), (texts{R"({"id":3,"rpc":{"data":1}})"}));
}

CAF_TEST(a client that is gone gets no answers) {
  const auto ann = let_in("ann");
  ask(ann, subscribe("asked:a") + "\n" + publish_to("asked:a", "1", 3) + "\n"
             + R"({"id":4,"rpc":{"method":"m"}})");
  ann->closed(close_reason::peer_gone);
  clients.clear();
  answer(hooks.subscribes, subscribe_grant{});
  answer(hooks.publishes, publish_grant{});
  answer(hooks.rpcs, rpc_grant{});
  CAF_CHECK(ann->box.frames.empty());
  CAF_CHECK(log.published.empty());
}

CAF_TEST(meta of a token goes to the backend) {
  tokens.connections["t"].user = "ann";
  tokens.connections["t"].meta = R"({"m":1})";
  const auto ann = connected("t");
  ask(ann, R"({"id":2,"rpc":{"method":"m"}})");
  CAF_CHECK_EQUAL(hooks.questions, (texts{R"(rpc ann {"m":1} |m|)"}));
}

CAF_TEST_FIXTURE_SCOPE_END()
