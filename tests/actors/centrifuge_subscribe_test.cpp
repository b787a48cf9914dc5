#define CAF_SUITE centrifuge_subscribe

#include "tests/actors/support/centrifuge_fixture.hpp"
#include "tests/actors/support/recording_member.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct fixture : centrifuge_fixture {
  texts subscribe(const client_ptr& client, const std::string& channel,
                  const std::string& more = {}) {
    return ask(client, R"({"id":2,"subscribe":{"channel":")" + channel + "\""
                         + more + "}}");
  }

  /// Another member, so that the channel stays active on this loop.
  client_ptr anchor(const std::string& channel) {
    const auto result = connected();
    subscribe(result, channel);
    return result;
  }

  texts error(int code, const std::string& message) {
    return {R"({"id":2,"error":{"code":)" + std::to_string(code)
            + R"(,"message":")" + message + "\"}}"};
  }

  texts subscribed = {R"({"id":2,"subscribe":{}})"};
};

std::string by(std::string_view user, std::string_view client,
               publication_event event = publication_event::message) {
  std::string fields;
  append_field(fields, field_tag::user, user);
  append_field(fields, field_tag::client, client);
  append_field(fields, field_tag::event,
               std::string(1, static_cast<char>(event)));
  return fields;
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_subscribe_tests, fixture)

CAF_TEST(a subscriber gets publications) {
  const auto ann = connected();
  CAF_CHECK_EQUAL(subscribe(ann, "a"), subscribed);
  publish("a", R"({"x":1})");
  CAF_CHECK_EQUAL(heard(ann),
                  texts{R"({"push":{"channel":"a","pub":{"data":{"x":1}}}})"});
}

CAF_TEST(a payload that is no JSON becomes a JSON string) {
  const auto ann = connected();
  subscribe(ann, "a");
  publish("a", "hi \"there\"");
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{R"({"push":{"channel":"a","pub":{"data":"hi \"there\""}}})"});
}

CAF_TEST(subscribers share the bytes of a publication) {
  const auto ann = connected();
  const auto bob = connected();
  subscribe(ann, "a");
  subscribe(bob, "a");
  publish("a", "1", by("u", "c"));
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{
      R"({"push":{"channel":"a","pub":{"data":1,"info":{"user":"u","client":"c"}}}})"});
  CAF_CHECK_EQUAL(heard(bob).size(), 1u);
}

CAF_TEST(publications do not precede the reply) {
  log.confirms = false;
  const auto ann = connected();
  CAF_CHECK(subscribe(ann, "a").empty());
  publish("a", "1");
  CAF_CHECK(ann->box.frames.empty());
  tell({}, log.channels.at("a"), confirm_atom_v);
  publish("a", "2");
  CAF_CHECK_EQUAL(heard(ann),
                  (texts{R"({"id":2,"subscribe":{}})",
                         R"({"push":{"channel":"a","pub":{"data":2}}})"}));
}

CAF_TEST(a subscription that waits does not keep others from hearing) {
  const auto ann = connected();
  subscribe(ann, "a");
  log.confirms = false;
  subscribe(ann, "b");
  publish("a", "1");
  publish("b", "2");
  CAF_CHECK_EQUAL(heard(ann),
                  texts{R"({"push":{"channel":"a","pub":{"data":1}}})"});
}

CAF_TEST(a subscription the bus does not confirm is given up) {
  log.confirms = false;
  const auto ann = connected();
  subscribe(ann, "a");
  ann->ping_due();
  CAF_CHECK_EQUAL(heard(ann), texts{"{}"});
  lose_patience("a");
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{
      R"({"id":2,"error":{"code":100,"message":"internal server error","temporary":true}})"});
  CAF_CHECK(!ann->box.closed_with);
  settle();
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(bad channels are refused) {
  const auto ann = connected();
  CAF_CHECK_EQUAL(subscribe(ann, std::string(256, 'x')),
                  error(107, "bad request"));
  CAF_CHECK_EQUAL(subscribe(ann, "a\\u0001"), error(107, "bad request"));
  CAF_CHECK_EQUAL(subscribe(ann, "nobody:a"), error(102, "unknown channel"));
  CAF_CHECK_EQUAL(subscribe(ann, "__x"), error(103, "permission denied"));
  CAF_CHECK_EQUAL(subscribe(ann, std::string(255, 'x')), subscribed);
  subscribe(ann, "");
  CAF_CHECK(is_closed(ann, 3501));
}

CAF_TEST(bad wishes are refused) {
  const auto ann = connected();
  CAF_CHECK_EQUAL(subscribe(ann, "a", R"(,"tf":{"op":"x"})"),
                  error(107, "bad request"));
  CAF_CHECK_EQUAL(subscribe(ann, "a", R"(,"type":1)"),
                  error(103, "permission denied"));
  CAF_CHECK_EQUAL(subscribe(ann, "a", R"(,"delta":"fossil","flag":1)"),
                  subscribed);
  subscribe(ann, "b", R"(,"delta":"xdelta")");
  CAF_CHECK(is_closed(ann, 3501));
}

CAF_TEST(a channel is subscribed once) {
  const auto ann = connected();
  subscribe(ann, "a");
  CAF_CHECK_EQUAL(subscribe(ann, "a"), error(105, "already subscribed"));
  log.confirms = false;
  subscribe(ann, "b");
  CAF_CHECK_EQUAL(subscribe(ann, "b"), error(105, "already subscribed"));
}

CAF_TEST(a client has so many channels) {
  const auto ann = connected();
  for (int i = 0; i < 128; ++i)
    CAF_CHECK_EQUAL(subscribe(ann, "c" + std::to_string(i)), subscribed);
  CAF_CHECK_EQUAL(subscribe(ann, "more"), error(106, "limit exceeded"));
  ask(ann, R"({"id":3,"unsubscribe":{"channel":"c0"}})");
  CAF_CHECK_EQUAL(subscribe(ann, "more"), subscribed);
}

CAF_TEST(unsubscribing ends it and never fails) {
  const auto ann = connected();
  const auto bob = anchor("a");
  subscribe(ann, "a");
  const auto* unsubscribe = R"({"id":3,"unsubscribe":{"channel":"a"}})";
  const texts done{R"({"id":3,"unsubscribe":{}})"};
  CAF_CHECK_EQUAL(ask(ann, unsubscribe), done);
  publish("a", "1");
  CAF_CHECK(ann->box.frames.empty());
  CAF_CHECK_EQUAL(ask(ann, unsubscribe), done);
  CAF_CHECK_EQUAL(subscribe(ann, "a"), subscribed);
  say(ann, R"({"id":4,"unsubscribe":{}})");
  CAF_CHECK(is_closed(ann, 3501));
}

CAF_TEST(an unsubscribe also answers a subscribe that still waits) {
  log.confirms = false;
  const auto ann = connected();
  subscribe(ann, "a");
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":3,"unsubscribe":{"channel":"a"}})"),
    (texts{R"({"id":2,"subscribe":{}})", R"({"id":3,"unsubscribe":{}})"}));
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(presence is entered and left) {
  const auto ann = user("ann");
  subscribe(ann, "seen:a");
  CAF_REQUIRE_EQUAL(log.entered.size(), 1u);
  const auto& entry = log.entered[0];
  CAF_CHECK_EQUAL(entry.channel, "seen:a");
  CAF_CHECK_EQUAL(entry.who.info.user, "ann");
  CAF_CHECK(entry.tells);
  ask(ann, R"({"id":3,"unsubscribe":{"channel":"seen:a"}})");
  CAF_REQUIRE_EQUAL(log.left.size(), 1u);
  CAF_CHECK_EQUAL(log.left[0].client, entry.who.client);
  CAF_CHECK(log.left[0].tells);
  subscribe(ann, "seen:b");
  ann->closed(close_reason::peer_gone);
  settle();
  CAF_CHECK_EQUAL(log.left.size(), 2u);
}

CAF_TEST(channels without presence have none) {
  const auto ann = connected();
  subscribe(ann, "a");
  ask(ann, R"({"id":3,"unsubscribe":{"channel":"a"}})");
  CAF_CHECK(log.entered.empty());
  CAF_CHECK(log.left.empty());
}

CAF_TEST(joins and leaves are sent to clients that asked for them) {
  const auto ann = connected();
  const auto bob = connected();
  subscribe(ann, "seen:a", R"(,"join_leave":true)");
  subscribe(bob, "seen:a");
  publish("seen:a", "", by("u", "c", publication_event::join));
  publish("seen:a", "", by("u", "c", publication_event::leave));
  CAF_CHECK_EQUAL(
    heard(ann),
    (texts{
      R"({"push":{"channel":"seen:a","join":{"info":{"user":"u","client":"c"}}}})",
      R"({"push":{"channel":"seen:a","leave":{"info":{"user":"u","client":"c"}}}})"}));
  CAF_CHECK(bob->box.frames.empty());
}

CAF_TEST(whose channel tells no joins does not get any) {
  const auto ann = connected();
  subscribe(ann, "a", R"(,"join_leave":true)");
  publish("a", "", by("u", "c", publication_event::join));
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST(a position is sent to clients that asked for it) {
  const auto ann = connected();
  CAF_CHECK_EQUAL(
    subscribe(ann, "kept:a", R"(,"recoverable":true)"),
    texts{
      R"({"id":2,"subscribe":{"recoverable":true,"epoch":"e","positioned":true}})"});
  keep("kept:a", "1");
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{R"({"push":{"channel":"kept:a","pub":{"data":1,"offset":1}}})"});
  const auto bob = connected();
  CAF_CHECK_EQUAL(
    subscribe(bob, "kept:a", R"(,"positioned":true)"),
    texts{
      R"({"id":2,"subscribe":{"epoch":"e","offset":1,"positioned":true}})"});
  const auto eve = connected();
  CAF_CHECK_EQUAL(subscribe(eve, "kept:a"), subscribed);
  CAF_CHECK_EQUAL(subscribe(eve, "b", R"(,"recoverable":true)"), subscribed);
}

CAF_TEST(a client that comes back gets the missed publications) {
  for (const auto* data : {"1", "2", "3"})
    keep("kept:a", data);
  const auto ann = connected();
  CAF_CHECK_EQUAL(
    subscribe(ann, "kept:a", R"(,"recover":true,"offset":1,"epoch":"e")"),
    texts{
      R"({"id":2,"subscribe":{"recoverable":true,"epoch":"e","publications":[{"data":2,"offset":2},{"data":3,"offset":3}],"recovered":true,"offset":1,"positioned":true,"was_recovering":true}})"});
  keep("kept:a", "4");
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{R"({"push":{"channel":"kept:a","pub":{"data":4,"offset":4}}})"});
}

CAF_TEST(a client that missed no publication has recovered) {
  keep("kept:a", "1");
  const auto ann = connected();
  CAF_CHECK_EQUAL(
    subscribe(ann, "kept:a", R"(,"recover":true,"offset":1)"),
    texts{
      R"({"id":2,"subscribe":{"recoverable":true,"epoch":"e","recovered":true,"offset":1,"positioned":true,"was_recovering":true}})"});
}

CAF_TEST(a client that cannot recover gets the top) {
  keep("kept:a", "1");
  const auto ann = connected();
  const auto* lost = R"(,"recover":true,"offset":1,"epoch":"other")";
  CAF_CHECK_EQUAL(
    subscribe(ann, "kept:a", lost),
    texts{
      R"({"id":2,"subscribe":{"recoverable":true,"epoch":"e","offset":1,"positioned":true,"was_recovering":true}})"});
  const auto bob = connected();
  CAF_CHECK_EQUAL(subscribe(bob, "kept:a", std::string{lost} + R"(,"flag":2)"),
                  error(112, "unrecoverable position"));
  keep("kept:a", "2");
  CAF_CHECK(bob->box.frames.empty());
}

CAF_TEST(a client that lost its position subscribes again) {
  const auto ann = connected();
  subscribe(ann, "kept:a", R"(,"recoverable":true)");
  const auto bob = anchor("kept:a");
  log.epoch = "f";
  tell({}, log.channels.at("kept:a"), gapped{gap_reason::link_lost});
  settle();
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{
      R"({"push":{"channel":"kept:a","unsubscribe":{"code":2500,"reason":"insufficient state"}}})"});
  CAF_CHECK(bob->box.frames.empty());
  CAF_CHECK_EQUAL(subscribe(ann, "kept:a"), subscribed);
}

CAF_TEST(a gap without history is only counted) {
  const auto ann = connected();
  subscribe(ann, "a");
  tell({}, log.channels.at("a"), gapped{gap_reason::link_lost});
  CAF_CHECK(ann->box.frames.empty());
  CAF_CHECK(!ann->box.closed_with);
  for (const auto& each : ann->inspect().facts)
    if (each.name == "unreported_gaps")
      CAF_CHECK(each.value == decltype(each.value){std::int64_t{1}});
}

CAF_TEST(bytes that JSON cannot carry end the connection) {
  const auto ann = connected();
  say(ann, R"({"id":2,"subscribe":{"channel":"a"}})");
  publish("a", "caf\xc3\xa9", {}, payload_kind::binary);
  CAF_CHECK(!ann->box.closed_with);
  publish("a", "\xff\xfe", {}, payload_kind::binary);
  CAF_CHECK(is_closed(ann, 3506));
}

CAF_TEST(a client leaves a refused channel within the call that joins it) {
  log.confirms = false;
  recording_member plain;
  const auto stays = table.join("a", plain);
  settle();
  tell({}, log.channels.at("a"), gapped{gap_reason::refused});
  const auto ann = connected();
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"subscribe":{"channel":"a"}})"),
    texts{
      R"({"id":2,"error":{"code":100,"message":"internal server error","temporary":true}})"});
  table.leave(stays);
  settle();
  CAF_CHECK_EQUAL(table.size(), 0u);
  CAF_CHECK_EQUAL(home.loop_actors().size(), 1u);
}

CAF_TEST_FIXTURE_SCOPE_END()
