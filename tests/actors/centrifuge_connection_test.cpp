#define CAF_SUITE centrifuge_connection

#include "tests/actors/support/centrifuge_fixture.hpp"

#include <set>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

CAF_TEST_FIXTURE_SCOPE(centrifuge_connection_tests, centrifuge_fixture)

CAF_TEST(the socket opens at once and says nothing by itself) {
  const auto ann = start();
  CAF_CHECK_EQUAL(ann->box.opened, 1);
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST(a client connects) {
  const auto ann = start();
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":1,"connect":{"name":"js"}})"),
    texts{
      R"({"id":1,"connect":{"client":"ID","version":"v","ping":25,"pong":true}})"});
  CAF_CHECK(!ann->box.closed_with);
}

CAF_TEST(client ids differ) {
  std::set<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    const auto client = connected();
    for (const auto& each : client->inspect().facts)
      if (each.name == "client")
        ids.insert(std::get<std::string>(each.value));
  }
  CAF_CHECK_EQUAL(ids.size(), 3u);
}

CAF_TEST(commands of the first frame are answered in order in one frame) {
  // The channels are known on this loop already.
  const auto bob = connected();
  ask(bob, R"({"id":2,"subscribe":{"channel":"a"}})"
           "\n"
           R"({"id":3,"subscribe":{"channel":"b"}})");
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{}})"
           "\n"
           R"({"id":2,"subscribe":{"channel":"a"}})"
           "\n"
           R"({"id":3,"subscribe":{"channel":"b"}})"
           "\n"
           R"({"id":4,"rpc":{"method":"m"}})");
  CAF_CHECK_EQUAL(
    frames(ann),
    texts{
      R"({"id":1,"connect":{"client":"ID","version":"v","ping":25,"pong":true}})"
      "\n"
      R"({"id":2,"subscribe":{}})"
      "\n"
      R"({"id":3,"subscribe":{}})"
      "\n"
      R"({"id":4,"error":{"code":108,"message":"not available"}})"});
}

CAF_TEST(connect must be the first command and come once) {
  for (const auto* frame :
       {R"({"id":1,"subscribe":{"channel":"a"}})", R"({})",
        R"({"id":1,"ping":{}})", R"({"send":{"data":1}})"}) {
    const auto ann = start();
    say(ann, frame);
    CAF_CHECK(is_closed(ann, 3501));
  }
  const auto ann = connected();
  say(ann, R"({"id":2,"connect":{}})");
  CAF_CHECK(is_closed(ann, 3501));
}

CAF_TEST(a frame that is no command ends the connection after earlier replies) {
  for (const auto* frame : {"", "\n", "x", "[]", R"({"id":2})",
                            R"({"publish":{"channel":"a","data":1}})"}) {
    const auto ann = connected();
    say(ann, frame);
    CAF_CHECK(is_closed(ann, 3501));
  }
  const auto ann = connected();
  say(ann, R"({"id":2,"rpc":{}})"
           "\nx\n"
           R"({"id":3,"rpc":{}})");
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{R"({"id":2,"error":{"code":108,"message":"not available"}})"});
  CAF_CHECK(is_closed(ann, 3501));
}

CAF_TEST(after the end nothing is heard or said) {
  const auto ann = connected();
  say(ann, R"({"id":2,"subscribe":{"channel":"a"}})");
  heard(ann);
  say(ann, R"({"send":{"data":1}})");
  CAF_CHECK(is_closed(ann, 3508));
  say(ann, R"({"id":3,"rpc":{}})");
  publish("a", "1");
  CAF_CHECK(ann->ping_due() == pinger::nobody);
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST(there are no backends for calls and messages) {
  const auto ann = connected();
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"rpc":{"method":"m","data":{}}})"),
    texts{R"({"id":2,"error":{"code":108,"message":"not available"}})"});
  say(ann, R"({"send":{"data":{}}})");
  CAF_CHECK(is_closed(ann, 3508));
}

CAF_TEST(clients do not ping) {
  const auto ann = connected();
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":2,"ping":{}})"),
    texts{R"({"id":2,"error":{"code":108,"message":"not available"}})"});
}

CAF_TEST(a ping is answered once) {
  const auto ann = connected();
  CAF_CHECK(ann->ping_due() == pinger::actor);
  CAF_CHECK_EQUAL(frames(ann), texts{"{}"});
  say(ann, "{}");
  CAF_CHECK(!ann->box.closed_with);
  CAF_CHECK(ann->box.frames.empty());
  say(ann, "{}");
  CAF_CHECK(is_closed(ann, 3501));
}

CAF_TEST(a client that asked for WebSocket pings gets those of the session) {
  const auto ann = start({.frame_pings = true});
  CAF_CHECK_EQUAL(ask(ann, R"({"id":1,"connect":{}})"),
                  texts{R"({"id":1,"connect":{"client":"ID","version":"v"}})"});
  CAF_CHECK(ann->ping_due() == pinger::session);
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST(the announced interval is rounded up) {
  services.rules.ping_interval = 1500ms;
  const auto ann = start();
  CAF_CHECK_EQUAL(
    ask(ann, R"({"id":1,"connect":{}})"),
    texts{
      R"({"id":1,"connect":{"client":"ID","version":"v","ping":2,"pong":true}})"});
}

CAF_TEST(a client that does not connect goes stale) {
  const auto ann = start();
  pass(10s);
  CAF_CHECK(ann->ping_due() == pinger::nobody);
  CAF_CHECK(!ann->box.closed_with);
  pass(15s);
  CAF_CHECK(ann->ping_due() == pinger::nobody);
  CAF_CHECK(is_closed(ann, 3502));
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST(a message over the limit is too big) {
  services.rules.max_message = 100;
  const auto ann = connected();
  const auto of_size = [](std::size_t size) {
    const std::string head = R"({"id":2,"rpc":{"data":")";
    const std::string tail = R"("}})";
    return head + std::string(size - head.size() - tail.size(), 'x') + tail;
  };
  CAF_CHECK_EQUAL(ask(ann, of_size(100)).size(), 1u);
  say(ann, of_size(101));
  CAF_CHECK(is_closed(ann, 1009));
  CAF_CHECK(ann->box.frames.empty());
}

CAF_TEST(close codes are those of the protocol) {
  const auto ann = start();
  const auto code = [&](close_reason reason) {
    return ann->status_for(reason).code;
  };
  CAF_CHECK_EQUAL(code(close_reason::going_away), 3001);
  CAF_CHECK_EQUAL(code(close_reason::slow_consumer), 3008);
  CAF_CHECK_EQUAL(code(close_reason::ping_timeout), 3012);
  CAF_CHECK_EQUAL(code(close_reason::message_too_big), 1009);
}

CAF_TEST(an error while a channel delivers closes that client alone) {
  const auto ann = connected();
  const auto bob = connected();
  for (const auto& each : {ann, bob})
    ask(each, R"({"id":2,"subscribe":{"channel":"a"}})");
  ann->box.throws = true;
  publish("a", "1");
  publish("a", "2");
  CAF_CHECK(is_closed(ann, 3004));
  CAF_CHECK_EQUAL(ann->inspect().last_error, "deliver: no room");
  CAF_CHECK(!bob->box.closed_with);
  CAF_CHECK_EQUAL(heard(bob).size(), 2u);
}

CAF_TEST(an error in a handler closes the client with an internal error) {
  const auto ann = connected();
  log.answers = false;
  ask(ann, R"({"id":2,"publish":{"channel":"a","data":1}})");
  ann->box.throws = true;
  caf::anon_send(caf::actor_cast<connection_actor>(ann.pointer()),
                 publish_outcome{2});
  settle();
  CAF_CHECK(is_closed(ann, 3004));
  CAF_CHECK_EQUAL(ann->inspect().last_error,
                  "rookery::publish_outcome: no room");
}

CAF_TEST(many replies take several frames) {
  const auto ann = connected();
  std::string frame;
  for (int i = 0; i < 1000; ++i)
    frame += R"({"id":)" + std::to_string(4'000'000'000 + i)
             + R"(,"subscribe":{"channel":"__x"}})" + "\n";
  say(ann, frame);
  // One for each turn of the client's commands.
  CAF_CHECK_EQUAL(ann->box.frames.size(), 8u);
  for (const auto& each : ann->box.frames)
    CAF_CHECK(each.size() < 65 * 1024);
  CAF_CHECK_EQUAL(heard(ann).size(), 1000u);
}

CAF_TEST(an actor told to exit closes its socket) {
  const auto ann = connected();
  say(ann, R"({"id":2,"subscribe":{"channel":"a"}})");
  caf::anon_send_exit(caf::actor_cast<caf::actor>(ann.pointer()),
                      caf::exit_reason::user_shutdown);
  settle();
  CAF_CHECK(is_closed(ann, 3001));
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(a connection describes itself) {
  const auto ann = user("ann");
  say(ann, R"({"id":2,"subscribe":{"channel":"a"}})");
  const auto facts = ann->inspect();
  CAF_CHECK_EQUAL(facts.kind, "connection");
  CAF_CHECK_EQUAL(facts.queue_bytes, 7u);
  const auto has = [&](std::string_view name, const auto& value) {
    for (const auto& each : facts.facts)
      if (each.name == name)
        return each.value == decltype(each.value){value};
    return false;
  };
  CAF_CHECK(has("protocol", std::string{"centrifuge"}));
  CAF_CHECK(has("user", std::string{"ann"}));
  CAF_CHECK(has("subscriptions", std::int64_t{1}));
  CAF_CHECK(has("connected", true));
}

CAF_TEST(the bus gets each client that connects and the reason of its end) {
  services.rules.reports_clients = true;
  const auto ann = connected();
  settle();
  CAF_REQUIRE_EQUAL(log.connected.size(), 1u);
  const auto id = log.connected[0].client;
  CAF_CHECK_EQUAL(id.size(), 36u);
  ann->closed(close_reason::slow_consumer);
  settle();
  CAF_CHECK_EQUAL(log.gone, (std::vector{client_left{id, log.connected[0].user,
                                                     3008, "slow"}}));
}

CAF_TEST(a client that never connected is not reported) {
  services.rules.reports_clients = true;
  const auto ann = start();
  ann->closed(close_reason::peer_gone);
  settle();
  CAF_CHECK(log.connected.empty());
  CAF_CHECK(log.gone.empty());
}

CAF_TEST(the bus hears of no clients unless events are wanted) {
  const auto ann = connected();
  ann->closed(close_reason::peer_gone);
  settle();
  CAF_CHECK(log.connected.empty());
  CAF_CHECK(log.gone.empty());
}

CAF_TEST_FIXTURE_SCOPE_END()
