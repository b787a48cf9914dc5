#pragma once

#include "actors/text/channel_name.hpp"
#include "cluster/control/cluster_control.hpp"
#include "tests/actors/support/coordinator_unit.hpp"
#include "tests/actors/support/fake_bus.hpp"

#include <caf/test/dsl.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace rookery::test {

using namespace std::chrono_literals;

inline const node_identity here{"h", "here", "1"};
inline const node_identity there{"t", "there", "1"};
inline constexpr std::string_view key = "key";

inline control_seal::time_point wall_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(
    std::chrono::system_clock::now());
}

/// A bus that keeps its messages.
inline bus_actor::behavior_type
recording_bus(bus_actor::pointer, std::vector<publish_command>* published,
              std::vector<want>* wanted) {
  return idle_bus(
    [=](const publish_command& command) { published->push_back(command); },
    [=](const want& what) { wanted->push_back(what); });
}

/// A loop on which every command is for one client.
inline loop_commands_actor::behavior_type
lone_loop(loop_commands_actor::pointer) {
  return {
    [](const loop_query& query) {
      if (std::holds_alternative<info_query>(*query.what))
        return loop_part{node_counts{1, 1, 2, 3}};
      return loop_part{clients_reached{1}};
    },
    [](const client_ending&) { return clients_ended{}; },
    [](inspect_atom) { return snapshot{}; },
  };
}

/// An admin that answers with the id of the actor that it is asked about.
inline admin_actor::behavior_type echoing_admin(admin_actor::pointer) {
  return {
    [](const admin_query& query) {
      const auto& first = std::get<actor_query>(query.queries.at(0));
      return admin_reply{std::to_string(first.id)};
    },
    [](meters_atom) { return node_facts{}; },
    [](const history_answer&) {},
    [](const publish_outcome&) {},
    [](inspect_atom) { return snapshot{}; },
  };
}

/// A node's control with a fake bus, two fake loops and a fake admin, and
/// another node that speaks when the test says so.
struct control_rig : test_coordinator_fixture<caf::actor_system_config> {
  explicit control_rig(bool is_shared = true) : shared{is_shared} {
    start(std::string{key});
  }

  ~control_rig() override {
    stop();
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    caf::anon_send_exit(commands, caf::exit_reason::kill);
    caf::anon_send_exit(admin, caf::exit_reason::kill);
    sched.run();
  }

  void start(std::string with_key) {
    const actor_ref<loop_commands_actor> loop{commands};
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

  /// The messages of the node since the last call.
  std::vector<control_message> take_sent() {
    std::vector<control_message> result;
    for (const auto& each : published) {
      const auto text = listener.open(each.what->data(), wall_time());
      CAF_REQUIRE(text);
      const auto message = decode_control(text.text);
      CAF_REQUIRE(message);
      result.push_back(*message);
    }
    published.clear();
    return result;
  }

  /// Delivers a message of the other node.
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

  void ask(control_query what) {
    self->send(
      control,
      cluster_query{std::make_shared<const control_query>(std::move(what)), 7});
    sched.run();
  }

  std::optional<cluster_answer> answer() {
    std::optional<cluster_answer> result;
    self->receive([&](const cluster_answer& seen) { result = seen; },
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
  loop_commands_actor commands = sys.spawn(lone_loop);
  admin_actor admin = sys.spawn(echoing_admin);
  bool shared;
  control_actor control;
};

} // namespace rookery::test
