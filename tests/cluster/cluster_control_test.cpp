#define CAF_SUITE cluster_control

#include "tests/cluster/support/control_rig.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using fixture = control_rig;

const control_query command = client_command{"ann", "", disconnect_action{}};

} // namespace

CAF_TEST_FIXTURE_SCOPE(cluster_control_tests, fixture)

CAF_TEST(a node subscribes to the control channel and announces itself) {
  CAF_REQUIRE_EQUAL(wanted.size(), 1u);
  CAF_CHECK_EQUAL(wanted[0].channel, control_channel);
  CAF_CHECK_EQUAL(take_sent().size(), 1u);
  self->send(control, confirm_atom_v);
  sched.run();
  CAF_CHECK_EQUAL(take_sent().size(), 1u);
  pass(membership::beat);
  const auto message = take_sent();
  CAF_REQUIRE_EQUAL(message.size(), 1u);
  CAF_CHECK(message[0] == (control_message{here, control_hello{}}));
}

CAF_TEST(a node whose greeting the bus refused soon tries again) {
  take_sent();
  self->send(control, publish_outcome{0, publish_verdict::refused,
                                      publish_problem::bus_down});
  sched.run();
  pass(250ms);
  CAF_CHECK_EQUAL(take_sent().size(), 1u);
  pass(250ms);
  CAF_CHECK(take_sent().empty());
}

CAF_TEST(a lone node answers for its loops) {
  ask(command);
  const auto seen = answer();
  CAF_REQUIRE(seen);
  CAF_CHECK_EQUAL(seen->ticket, 7u);
  CAF_REQUIRE_EQUAL(seen->nodes.size(), 1u);
  CAF_CHECK(seen->nodes[0].result == control_result{clients_reached{2}});
  CAF_CHECK(seen->silent.empty());
}

CAF_TEST(a new node is greeted and asked from then on) {
  take_sent();
  hear(control_hello{});
  CAF_CHECK_EQUAL(take_sent().size(), 1u);
  hear(control_hello{});
  CAF_CHECK(take_sent().empty());
  ask(info_query{});
  CAF_CHECK(!answer());
  const auto query = take_sent();
  CAF_REQUIRE_EQUAL(query.size(), 1u);
  const auto id = std::get<remote_query>(query[0].body).id;
  hear(remote_reply{"somebody else", id, 5s, node_counts{}});
  CAF_CHECK(!answer());
  hear(remote_reply{"h", id, 5s, node_counts{10, 10, 10, 10}});
  const auto seen = answer();
  CAF_REQUIRE(seen);
  CAF_REQUIRE_EQUAL(seen->nodes.size(), 2u);
  CAF_CHECK(seen->nodes[1].node == there);
  CAF_CHECK(seen->nodes[1].uptime == 5s);
}

CAF_TEST(a node that does not answer is named) {
  hear(control_hello{});
  ask(command);
  pass(cluster_control::answer_timeout - 1s);
  CAF_CHECK(!answer());
  pass(1s + 250ms);
  const auto seen = answer();
  CAF_REQUIRE(seen);
  CAF_CHECK_EQUAL(seen->nodes.size(), 1u);
  CAF_CHECK(seen->silent == std::vector{there});
}

CAF_TEST(a node that has left or is silent for long is not asked) {
  hear(control_hello{});
  hear(control_bye{});
  ask(command);
  CAF_CHECK(answer());
  hear(control_hello{});
  pass(membership::beat);
  pass(membership::beat);
  pass(membership::beat);
  pass(membership::beat);
  ask(command);
  CAF_CHECK(answer());
}

CAF_TEST(the queries of others are answered for all loops) {
  take_sent();
  hear(remote_query{9, command, {here.id}});
  const auto answers = take_sent();
  // A new node is greeted, too.
  CAF_REQUIRE_EQUAL(answers.size(), 2u);
  CAF_CHECK(
    answers[1]
    == (control_message{here, remote_reply{"t", 9, 0s, clients_reached{2}}}));
}

CAF_TEST(a query that is for others is not carried out) {
  hear(control_hello{});
  take_sent();
  hear(remote_query{9, command, {"h, as it was before a restart"}});
  hear(remote_query{9, command, {}});
  CAF_CHECK(take_sent().empty());
  ask(command);
  const auto query = take_sent();
  CAF_REQUIRE_EQUAL(query.size(), 1u);
  CAF_CHECK_EQUAL(std::get<remote_query>(query[0].body).to,
                  std::vector{there.id});
}

CAF_TEST(messages sealed with another key are refused) {
  take_sent();
  hear(remote_query{9, command, {here.id}}, "other");
  hear_raw("{}");
  hear_raw("");
  CAF_CHECK(take_sent().empty());
  const auto text =
    encode_control({there, remote_query{9, command, {here.id}}});
  const auto sealed = control_seal{std::string{key}}.seal(text, wall_time());
  hear_raw(sealed);
  CAF_CHECK_EQUAL(take_sent().size(), 2u);
  hear_raw(sealed);
  CAF_CHECK(take_sent().empty());
}

CAF_TEST(a refusal of the bus is reported at once) {
  hear(control_hello{});
  take_sent();
  ask(command);
  CAF_REQUIRE_EQUAL(published.size(), 1u);
  self->send(control,
             publish_outcome{published[0].ticket, publish_verdict::refused,
                             publish_problem::bus_down});
  sched.run();
  const auto seen = answer();
  CAF_REQUIRE(seen);
  CAF_CHECK(seen->problem == publish_problem::bus_down);
  CAF_CHECK_EQUAL(seen->nodes.size(), 1u);
  CAF_CHECK(seen->silent == std::vector{there});
}

CAF_TEST(a node without a key knows of no other) {
  stop();
  published.clear();
  start("");
  CAF_CHECK(wanted.empty());
  hear(control_hello{}, "");
  ask(command);
  CAF_CHECK(answer());
  pass(membership::beat);
  CAF_CHECK(published.empty());
}

CAF_TEST(a node that ends says so) {
  take_sent();
  stop();
  const auto last = take_sent();
  CAF_REQUIRE_EQUAL(last.size(), 1u);
  CAF_CHECK(last[0] == (control_message{here, control_bye{}}));
  start(std::string{key});
}

CAF_TEST(a node with another secret is reported and not taken for absent) {
  hear(control_hello{}, "another key");
  CAF_CHECK(membership().others.empty());
  const auto strangers = membership().strangers;
  CAF_REQUIRE_EQUAL(strangers.size(), 1u);
  CAF_CHECK(strangers[0].node == there);
  CAF_CHECK_EQUAL(strangers[0].reason,
                  "its messages are signed with another secret");
  ask(command);
  const auto seen = answer();
  CAF_REQUIRE(seen);
  CAF_CHECK(seen->strangers == strangers);
  pass(membership::patience);
  CAF_CHECK(membership().strangers.empty());
}

CAF_TEST_FIXTURE_SCOPE_END()
