#pragma once

#include "actors/channel/bus_access.hpp"
#include "actors/interfaces.hpp"
#include "cluster/admin/admin_json.hpp"
#include "cluster/admin/drain_gate.hpp"
#include "cluster/admin/node_facts.hpp"
#include "cluster/bus/bus_health.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rookery {

/// What a node's admin speaks to and of.
struct admin_subjects {
  std::string id; ///< of the node
  std::vector<actor_ref<loop_actor>> loops;
  std::vector<actor_ref<loop_desk_actor>> desks;
  actor_ref<drain_actor> drain;
  const bus_directory& buses;
  const namespaces& names;
  const bus_health& health;
  const drain_gate& gate;
  bool has_redis = false;
};

using node_admin_actor =
  admin_actor::extend<caf::replies_to<meters_atom>::with<node_facts>,
                      caf::reacts_to<history_answer>,
                      caf::reacts_to<publish_outcome>>;

/// Answers operators for its node: carries out what a question asks of the
/// loops and buses, and puts their answers together. Runs on CAF's scheduler,
/// away from the loops. A question is a JSON array of objects, each with a
/// member `ask`; the reply is an array of as many answers. What cannot be
/// answered is an object with a member `error`.
class node_admin final : public node_admin_actor::base {
public:
  using interface = node_admin_actor;

  /// A loop that does not answer in time is left out, and named. Shorter than
  /// what nodes wait for each other.
  static constexpr std::chrono::milliseconds patience{1'500};

  /// What the references in `about` name must outlive the actor.
  node_admin(caf::actor_config& config, admin_subjects about);

  const char* name() const override { return "admin"; }

  behavior_type make_behavior() override;

  void on_exit() override;

private:
  using then = std::function<void(admin_json)>;
  using handler = void (node_admin::*)(const admin_json& params, then end);

  caf::result<admin_reply> answer(const admin_question& question);
  caf::result<node_facts> tell_facts();
  void carry_out(const admin_json& params, const then& end);
  snapshot inspect_self() const;

  void ask_node(const admin_json& params, then end);
  void ask_listing(const admin_json& params, then end);
  void ask_actor(const admin_json& params, then end);
  void ask_buses(const admin_json& params, then end);
  void ask_ledger(const admin_json& params, then end);
  void ask_journal(const admin_json& params, then end);
  void ask_position(const admin_json& params, then end);
  void ask_options(const admin_json& params, then end);
  void do_end(const admin_json& params, then end);
  void do_publish(const admin_json& params, then end);
  void do_drain(const admin_json& params, then end);
  void do_log_level(const admin_json& params, then end);

  /// Puts `ask(i)` to each of `actors`; `end` gets an object whose `parts` are
  /// the answers, each as JSON, or an error, in their order.
  template <class Answer, class Refs, class Ask>
  void ask_each(const Refs& actors, Ask ask, then end);

  /// Collects what the node is and has counted.
  void collect(std::function<void(node_facts)> end);

  std::uint64_t wait(then end);
  void end_position(const history_answer& answer);
  void end_publish(const publish_outcome& outcome);

  admin_subjects about_;
  bus_access bus_;
  const std::chrono::steady_clock::time_point born_ =
    std::chrono::steady_clock::now();
  std::uint64_t handled_ = 0;
  std::uint64_t ticket_ = 0;
  std::unordered_map<std::uint64_t, then> waiting_; // by ticket
};

} // namespace rookery

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(rookery::node_facts)
