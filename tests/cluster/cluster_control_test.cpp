#define CAF_SUITE cluster_control

#include "actors/channel_name.hpp"
#include "cluster/cluster_control.hpp"
#include "tests/actors/support/coordinator_unit.hpp"

#include <caf/test/dsl.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

const node_identity here{"h", "here", "1"};
const node_identity there{"t", "there", "1"};
constexpr std::string_view key = "key";

control_seal::time_point wall_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(
    std::chrono::system_clock::now());
}

/// A bus that keeps what it is told.
bus_actor::behavior_type recording_bus(bus_actor::pointer,
                                       std::vector<publish_command>* published,
                                       std::vector<want>* wanted) {
  return {
    [=](const publish_command& command) { published->push_back(command); },
    [=](const want& what) { wanted->push_back(what); },
    [](const unwant&) {},
    [](const history_query&) {},
    [](const history_removal&) {},
    [](const presence_enter&) {},
    [](const presence_leave&) {},
    [](const presence_query&) {},
    [](const client_entered&) {},
    [](const client_left&) {},
    [](flush_atom) { return ok_atom_v; },
    [](retire_atom) { return ok_atom_v; },
    [](const bus_ledger_query&) { return bus_ledger_page{}; },
    [](const drift_query&) { return drift_report{}; },
    [](meters_atom) { return bus_meters{}; },
    [](inspect_atom) { return snapshot{}; },
  };
}

/// A loop on which every command is for one client.
loop_desk_actor::behavior_type lone_desk(loop_desk_actor::pointer) {
  return {
    [](const loop_question& question) {
      if (std::holds_alternative<info_question>(*question.body))
        return loop_part{node_counts{1, 1, 2, 3}};
      return loop_part{clients_reached{1}};
    },
    [](const client_ending&) { return clients_ended{}; },
    [](inspect_atom) { return snapshot{}; },
  };
}

/// An admin that repeats what it is asked.
admin_actor::behavior_type echoing_admin(admin_actor::pointer) {
  return {
    [](inspect_atom) { return snapshot{}; },
    [](const admin_question& question) {
      return admin_reply{"echo " + question.text};
    },
  };
}

struct fixture : test_coordinator_fixture<caf::actor_system_config> {
  explicit fixture(bool is_shared = true) : shared{is_shared} {
    start(std::string{key});
  }

  ~fixture() override {
    stop();
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    caf::anon_send_exit(desk, caf::exit_reason::kill);
    caf::anon_send_exit(admin, caf::exit_reason::kill);
    sched.run();
  }

  void start(std::string with_key) {
    const actor_ref<loop_desk_actor> loop{desk};
    control = spawn_pinned<cluster_control>(
                sys, unit, control_options{here, std::move(with_key), shared},
                actor_ref<bus_actor>{bus}, std::vector{loop, loop}, admin)
                .handle();
    caf::anon_send(control, beat_atom_v);
    sched.run();
  }

  void stop() {
    caf::anon_send_exit(control, caf::exit_reason::user_shutdown);
    sched.run();
    wanted.clear();
  }

  /// What the node has said since the last call.
  std::vector<control_message> said() {
    std::vector<control_message> result;
    for (const auto& each : published) {
      const auto text = listener.open(each.what->data(), wall_time());
      CAF_REQUIRE(text);
      const auto message = decode_control(*text);
      CAF_REQUIRE(message);
      result.push_back(*message);
    }
    published.clear();
    return result;
  }

  /// The other node says something.
  template <class Body>
  void hear(Body body, std::string_view with_key = key) {
    const auto text = encode_control({there, std::move(body)});
    const control_seal seal{std::string{with_key}};
    hear_raw(seal.seal(text, wall_time()));
  }

  void hear_raw(std::string_view payload) {
    self->send(control, delivery{publication::make(control_channel, payload,
                                                   payload_kind::text),
                                 {}});
    sched.run();
  }

  void ask(control_body body) {
    self->send(control,
               control_request{
                 std::make_shared<const control_body>(std::move(body)), 7});
    sched.run();
  }

  std::optional<control_answer> answer() {
    std::optional<control_answer> result;
    self->receive([&](const control_answer& seen) { result = seen; },
                  caf::after(0s) >> [] {});
    return result;
  }

  membership_report membership() {
    auto pending = self->request(control, caf::infinite, membership_query{});
    sched.run();
    membership_report result;
    pending.receive([&](membership_report& report) { result = report; },
                    [](const caf::error&) { CAF_FAIL("no report"); });
    return result;
  }

  void pass(caf::timespan time) {
    sched.clock().advance_time(time);
    sched.run();
  }

  std::vector<publish_command> published;
  std::vector<want> wanted;
  control_seal listener{std::string{key}};
  coordinator_unit unit{sys};
  bus_actor bus = sys.spawn(recording_bus, &published, &wanted);
  loop_desk_actor desk = sys.spawn(lone_desk);
  admin_actor admin = sys.spawn(echoing_admin);
  bool shared;
  cluster_control_actor control;
};

const control_body command = client_command{"ann", "", disconnect_action{}};

} // namespace

CAF_TEST_FIXTURE_SCOPE(cluster_control_tests, fixture)

CAF_TEST(a node subscribes to what nodes say and shows that it lives) {
  CAF_REQUIRE_EQUAL(wanted.size(), 1u);
  CAF_CHECK_EQUAL(wanted[0].channel, control_channel);
  CAF_CHECK_EQUAL(said().size(), 1u);
  self->send(control, confirm_atom_v);
  sched.run();
  CAF_CHECK_EQUAL(said().size(), 1u);
  pass(membership::beat);
  const auto message = said();
  CAF_REQUIRE_EQUAL(message.size(), 1u);
  CAF_CHECK(message[0] == (control_message{here, control_hello{}}));
}

CAF_TEST(a node whose greeting the bus refused soon tries again) {
  said();
  self->send(control, publish_outcome{0, publish_verdict::refused,
                                      publish_problem::bus_down});
  sched.run();
  pass(250ms);
  CAF_CHECK_EQUAL(said().size(), 1u);
  pass(250ms);
  CAF_CHECK(said().empty());
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
  said();
  hear(control_hello{});
  CAF_CHECK_EQUAL(said().size(), 1u);
  hear(control_hello{});
  CAF_CHECK(said().empty());
  ask(info_question{});
  CAF_CHECK(!answer());
  const auto question = said();
  CAF_REQUIRE_EQUAL(question.size(), 1u);
  const auto id = std::get<control_question>(question[0].body).id;
  hear(control_reply{"somebody else", id, 5s, node_counts{}});
  CAF_CHECK(!answer());
  hear(control_reply{"h", id, 5s, node_counts{10, 10, 10, 10}});
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

CAF_TEST(the questions of others are answered for all loops) {
  said();
  hear(control_question{9, command});
  const auto answers = said();
  // It was a new node: it is greeted, too.
  CAF_REQUIRE_EQUAL(answers.size(), 2u);
  CAF_CHECK(
    answers[1]
    == (control_message{here, control_reply{"t", 9, 0s, clients_reached{2}}}));
}

CAF_TEST(nobody is believed without the key) {
  said();
  hear(control_question{9, command}, "other");
  hear_raw("{}");
  hear_raw("");
  CAF_CHECK(said().empty());
  const auto text = encode_control({there, control_question{9, command}});
  const auto sealed = control_seal{std::string{key}}.seal(text, wall_time());
  hear_raw(sealed);
  CAF_CHECK_EQUAL(said().size(), 2u);
  hear_raw(sealed);
  CAF_CHECK(said().empty());
}

CAF_TEST(what the bus refuses is told at once) {
  hear(control_hello{});
  said();
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
  said();
  stop();
  const auto last = said();
  CAF_REQUIRE_EQUAL(last.size(), 1u);
  CAF_CHECK(last[0] == (control_message{here, control_bye{}}));
  start(std::string{key});
}

CAF_TEST(what is for operators is answered by the admins of all nodes) {
  hear(control_hello{});
  said();
  ask(admin_question{"", "nodes?"});
  const auto asked = said();
  CAF_REQUIRE_EQUAL(asked.size(), 1u);
  const auto& question = std::get<control_question>(asked[0].body);
  CAF_CHECK(question.body == control_body{(admin_question{"", "nodes?"})});
  hear(control_reply{here.id, question.id, 1s, admin_reply{"there"}});
  const auto told = answer();
  CAF_REQUIRE(told);
  CAF_REQUIRE_EQUAL(told->nodes.size(), 2u);
  CAF_CHECK(told->nodes[0].result
            == control_result{admin_reply{"echo nodes?"}});
  CAF_CHECK(told->nodes[1].result == control_result{admin_reply{"there"}});
}

CAF_TEST(a question for one node is put to that node alone) {
  hear(control_hello{});
  said();
  ask(admin_question{here.id, "you?"});
  CAF_CHECK(said().empty());
  auto told = answer();
  CAF_REQUIRE(told);
  CAF_CHECK_EQUAL(told->nodes.size(), 1u);
  ask(admin_question{there.id, "you?"});
  CAF_CHECK_EQUAL(said().size(), 1u);
  pass(cluster_control::answer_timeout + 1s);
  told = answer();
  CAF_REQUIRE(told);
  CAF_CHECK(told->nodes.empty());
  CAF_REQUIRE_EQUAL(told->silent.size(), 1u);
  CAF_CHECK(told->silent[0] == there);
}

CAF_TEST(a question of another node is answered if it is for us) {
  hear(control_hello{});
  said();
  hear(control_question{7, admin_question{"", "all?"}});
  const auto replies = said();
  CAF_REQUIRE_EQUAL(replies.size(), 1u);
  CAF_CHECK(std::get<control_reply>(replies[0].body).result
            == control_result{admin_reply{"echo all?"}});
  hear(control_question{8, admin_question{"somebody", "you?"}});
  CAF_CHECK(said().empty());
}

CAF_TEST(the control knows who is there and who was) {
  hear(control_hello{});
  auto report = membership();
  CAF_CHECK(report.self == here);
  CAF_CHECK(report.is_shared);
  CAF_CHECK(report.others == std::vector{there});
  hear(control_bye{});
  report = membership();
  CAF_CHECK(report.others.empty());
  CAF_REQUIRE_EQUAL(report.departed.size(), 1u);
  CAF_CHECK(report.departed[0].has_left);
}

CAF_TEST_FIXTURE_SCOPE_END()

namespace {

struct lone_fixture : fixture {
  lone_fixture() : fixture{false} {}
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(cluster_control_alone_tests, lone_fixture)

CAF_TEST(without a secret of the cluster operators see their node alone) {
  hear(control_hello{});
  said();
  CAF_CHECK(!membership().is_shared);
  ask(admin_question{"", "nodes?"});
  CAF_CHECK(said().empty());
  const auto told = answer();
  CAF_REQUIRE(told);
  CAF_CHECK_EQUAL(told->nodes.size(), 1u);
  CAF_CHECK(told->silent.empty());
  hear(control_question{7, admin_question{"", "all?"}});
  CAF_CHECK(said().empty());
}

CAF_TEST_FIXTURE_SCOPE_END()
