#define CAF_SUITE plain_connection

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/plain/plain_connection.hpp"
#include "tests/actors/support/fake_bus.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/recording_outbox.hpp"
#include "tests/actors/support/tested_plain.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : loop_fixture {
  ~fixture() override {
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    settle();
    CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
  }

  light_ptr<tested_plain>
  start(plain_request request = {"lobby", plain_form::websocket, ""}) {
    auto result = spawn_light<tested_plain>(home, services, std::move(request));
    result->begin();
    return result;
  }

  /// The channel actor in the last want sent to the bus.
  actor_ref<subscriber_actor> wanted() {
    return next_letter<want>(bus).subscriber;
  }

  void publish(const actor_ref<subscriber_actor>& to, std::string_view data) {
    tell({}, to,
         delivery{publication::make("lobby", data, payload_kind::text), {}});
  }

  bus_actor bus = sys.spawn(fake_bus);
  bus_directory buses{{actor_ref<bus_actor>{bus}}};
  namespaces names;
  channel_table table{home, buses, names};
  bus_access access{buses, names};
  client_credits credits{{}, [] {}};
  loop_services services{home, table, access, credits};
};

const publish_outcome refused{0, publish_verdict::refused,
                              publish_problem::bus_down};
const publish_outcome unknown{0, publish_verdict::unknown,
                              publish_problem::link_lost};

} // namespace

CAF_TEST_FIXTURE_SCOPE(plain_connection_tests, fixture)

CAF_TEST(the socket opens when the bus has confirmed) {
  const auto ann = start();
  const auto lobby = wanted();
  CAF_CHECK_EQUAL(ann->box.opened, 0);
  tell({}, lobby, confirm_atom_v);
  CAF_CHECK_EQUAL(ann->box.opened, 1);
  publish(lobby, "hi");
  CAF_CHECK_EQUAL(ann->box.frames, std::vector<std::string>{"\x81\x02hi"});
  ann->closed(close_reason::peer_gone);
}

CAF_TEST(a client let in early is told of the gap once the bus confirms) {
  const auto ann = start({"lobby", plain_form::websocket, "T1"});
  const auto lobby = wanted();
  ann->open_overdue();
  CAF_CHECK_EQUAL(ann->box.opened, 1);
  CAF_CHECK(ann->box.frames.empty());
  tell({}, lobby, confirm_atom_v);
  CAF_CHECK_EQUAL(ann->box.opened, 1);
  CAF_REQUIRE_EQUAL(ann->box.frames.size(), 1u);
  CAF_CHECK_EQUAL(
    ann->box.frames[0].substr(2),
    R"({"rookery":"gap","tag":"T1","reason":"late_subscription"})");
  ann->closed(close_reason::peer_gone);
}

CAF_TEST(without a tag the stream stays verbatim) {
  const auto ann = start();
  const auto lobby = wanted();
  tell({}, lobby, confirm_atom_v);
  tell({}, lobby, gapped{gap_reason::link_lost});
  CAF_CHECK(ann->box.frames.empty());
  ann->closed(close_reason::peer_gone);
}

CAF_TEST(an error while a channel delivers closes that client alone) {
  const auto ann = start();
  const auto lobby = wanted();
  const auto bob = start();
  tell({}, lobby, confirm_atom_v);
  ann->box.throws = true;
  publish(lobby, "1");
  publish(lobby, "2");
  CAF_CHECK(ann->box.closed_with == close_reason::internal_error);
  CAF_CHECK_EQUAL(ann->inspect().last_error, "deliver: no room");
  CAF_CHECK_EQUAL(bob->box.frames.size(), 2u);
  CAF_CHECK(!bob->box.closed_with);
  ann->closed(close_reason::internal_error);
  bob->closed(close_reason::peer_gone);
}

CAF_TEST(an error in a handler closes the client with an internal error) {
  const auto ann = start({"lobby", plain_form::websocket, "T1"});
  tell({}, wanted(), confirm_atom_v);
  ann->box.throws = true;
  caf::anon_send(caf::actor_cast<connection_actor>(ann.pointer()), refused);
  settle();
  CAF_CHECK(ann->box.closed_with == close_reason::internal_error);
  CAF_CHECK_EQUAL(ann->inspect().last_error,
                  "rookery::publish_outcome: no room");
  CAF_CHECK_EQUAL(home.record().meters.errors, 1u);
  ann->closed(close_reason::internal_error);
}

CAF_TEST(an event stream is always told of a gap) {
  const auto ann = start({"lobby", plain_form::sse, ""});
  const auto lobby = wanted();
  tell({}, lobby, confirm_atom_v);
  tell({}, lobby, gapped{gap_reason::link_lost});
  CAF_REQUIRE_EQUAL(ann->box.frames.size(), 1u);
  const auto& event = ann->box.frames[0];
  CAF_CHECK(event.find("event: gap\n") != std::string::npos);
  CAF_CHECK(event.find(R"({"rookery":"gap","reason":"link_lost"})")
            != std::string::npos);
  ann->closed(close_reason::peer_gone);
}

CAF_TEST(messages of a client are published on its channel) {
  const auto ann = start();
  tell({}, wanted(), confirm_atom_v);
  ann->message("hello", payload_kind::text);
  auto* letter =
    caf::actor_cast<caf::abstract_actor*>(bus)->peek_at_next_mailbox_element();
  CAF_REQUIRE(letter != nullptr);
  const auto what = letter->content().get_as<publish_command>(0).what;
  CAF_CHECK(what->channel() == "lobby");
  CAF_CHECK(what->data() == "hello");
  CAF_CHECK(what->kind() == payload_kind::text);
  expect((publish_command), from(ann.pointer()).to(bus));
  CAF_CHECK(ann->box.frames.empty());
  ann->closed(close_reason::peer_gone);
}

CAF_TEST(a failed publish closes the connection) {
  for (const auto& [outcome, reason] :
       {std::pair{refused, close_reason::publish_refused},
        std::pair{unknown, close_reason::publish_unknown}}) {
    const auto ann = start();
    caf::anon_send(caf::actor_cast<caf::actor>(ann.pointer()), outcome);
    settle();
    CAF_REQUIRE(ann->box.closed_with);
    CAF_CHECK(*ann->box.closed_with == reason);
    ann->closed(reason);
  }
}

CAF_TEST(a failed publish is a notice for clients that asked for notices) {
  const auto ann = start({"lobby", plain_form::websocket, "T1"});
  caf::anon_send(caf::actor_cast<caf::actor>(ann.pointer()), unknown);
  settle();
  CAF_CHECK(!ann->box.closed_with);
  CAF_REQUIRE_EQUAL(ann->box.frames.size(), 1u);
  CAF_CHECK_EQUAL(ann->box.frames[0].substr(2),
                  R"({"rookery":"publish","tag":"T1","outcome":"unknown",)"
                  R"("reason":"link_lost"})");
  ann->closed(close_reason::peer_gone);
}

CAF_TEST(a publisher too far ahead of the bus waits) {
  const auto ann = start();
  expect((want), to(bus));
  const std::string large(credit_account::max_bytes - 1, 'x');
  for (int i = 0; i < 3; ++i)
    ann->message(large, payload_kind::text);
  CAF_CHECK(ann->box.holds_input);
  expect((publish_command), to(bus));
  settle();
  CAF_CHECK(!ann->box.holds_input);
  CAF_CHECK(!ann->box.closed_with);
  ann->closed(close_reason::peer_gone);
}

CAF_TEST(a client may not publish where it has no right to) {
  plain_request request{"lobby", plain_form::websocket, ""};
  request.may_publish = false;
  const auto ann = start(std::move(request));
  expect((want), to(bus));
  ann->message("hello", payload_kind::text);
  CAF_CHECK(!sched.has_job());
  CAF_REQUIRE(ann->box.closed_with);
  CAF_CHECK(*ann->box.closed_with == close_reason::policy_violation);
  ann->closed(close_reason::policy_violation);
}

CAF_TEST(the socket of a client that may not subscribe opens at once) {
  plain_request request{"lobby", plain_form::websocket, ""};
  request.may_subscribe = false;
  const auto ann = start(std::move(request));
  disallow((want), to(bus));
  CAF_CHECK_EQUAL(ann->box.opened, 1);
  ann->closed(close_reason::peer_gone);
}

CAF_TEST(a closed socket leaves its channel) {
  const auto ann = start();
  expect((want), to(bus));
  ann->closed(close_reason::peer_gone);
  expect((unwant), to(bus).with(unwant{"lobby", 3, 1}));
  CAF_CHECK(!ann->alive());
}

CAF_TEST(a socket closed before its actor runs is never used again) {
  const auto ann = start({"lobby", plain_form::websocket, "T1"});
  const auto lobby = wanted();
  caf::anon_send(caf::actor_cast<caf::actor>(ann.pointer()), refused);
  ann->closed(close_reason::peer_gone);
  settle();
  tell({}, lobby, confirm_atom_v);
  CAF_CHECK_EQUAL(ann->box.opened, 0);
  CAF_CHECK(ann->box.frames.empty());
  CAF_CHECK(!ann->box.closed_with);
}

CAF_TEST(an exit message closes the socket) {
  const auto ann = start();
  caf::anon_send_exit(caf::actor_cast<caf::actor>(ann.pointer()),
                      caf::exit_reason::user_shutdown);
  settle();
  CAF_REQUIRE(ann->box.closed_with);
  CAF_CHECK(*ann->box.closed_with == close_reason::going_away);
  ann->closed(close_reason::going_away);
}

CAF_TEST(inspect tells channel and socket) {
  const auto ann = start();
  const auto seen = ann->inspect();
  CAF_CHECK_EQUAL(seen.kind, "connection");
  CAF_CHECK_EQUAL(seen.queue_bytes, 7u);
  const auto has = [&](std::string_view name, const std::string& value) {
    for (const auto& x : seen.facts)
      if (x.name == name)
        return std::get<std::string>(x.value) == value;
    return false;
  };
  CAF_CHECK(has("channel", "lobby"));
  CAF_CHECK(has("remote_address", "127.0.0.9"));
  CAF_CHECK(has("protocol", "plain"));
  ann->closed(close_reason::peer_gone);
}

CAF_TEST_FIXTURE_SCOPE_END()
