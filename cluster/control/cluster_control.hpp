#pragma once

#include "actors/interfaces.hpp"
#include "actors/runtime/pinned_actor.hpp"
#include "cluster/control/control_message.hpp"
#include "cluster/control/control_seal.hpp"
#include "cluster/control/membership.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rookery {

using beat_atom = caf::atom_constant<caf::atom("beat")>;
inline constexpr beat_atom beat_atom_v{};

using cluster_control_actor = control_actor::extend<caf::reacts_to<beat_atom>>;

/// What one node's control has to know.
struct control_options {
  node_identity self;
  /// With what nodes sign; empty: this node knows of no other.
  std::string key;
  /// Operators of one node see and command the others, too.
  bool is_shared = false;
};

/// Puts what concerns all nodes to the loops of this one and, through the bus,
/// to the others, and collects what they answer; answers theirs. Nodes are
/// known by the sign of life that each gives in turn; one that does not answer
/// is named, and never waited for longer than `answer_timeout`. Begins with the
/// first beat, which whoever starts it sends.
class cluster_control final : public pinned_actor<cluster_control_actor> {
public:
  static constexpr std::chrono::milliseconds answer_timeout{2'000};

  /// Requests under way at once; more are refused.
  static constexpr std::size_t most_requests = 1'000;

  /// `bus` is empty where there are no other nodes. `desks` are those of all
  /// loops; `admin` answers what is for operators.
  cluster_control(caf::actor_config& config, control_options options,
                  actor_ref<bus_actor> bus,
                  std::vector<actor_ref<loop_desk_actor>> desks,
                  admin_actor admin);

  std::string_view kind() const noexcept override { return "cluster"; }

  behavior_type make_behavior() override;

private:
  using time_point = caf::actor_clock::time_point;

  struct pending_request {
    caf::strong_actor_ptr sender;
    std::uint64_t ticket = 0;
    time_point deadline;
    std::map<std::string, node_identity> waiting; // by id
    control_answer answer;
  };

  void ask(const control_request& what);
  bool concerns_others(const control_body& body) const;
  bool is_put_to(const std::string& id, const control_body& body) const;
  void receive(const delivery& what);

  void handle(const node_identity&, const control_hello&) {}

  void handle(const node_identity& from, const control_bye& bye);
  void handle(const node_identity& from, const control_question& question);
  void handle(const node_identity& from, const control_reply& reply);
  void end_publish(const publish_outcome& result);
  void take(std::uint64_t id, node_answer answer);
  void finish(std::map<std::uint64_t, pending_request>::iterator which);
  void beat();
  void tick();
  void plan_tick();
  void say_hello();
  std::chrono::seconds uptime() const;
  membership_report report();
  void notice(const node_identity& node);

  /// Calls `then` with what this node says to `body`.
  template <class Then>
  void answer_here(std::shared_ptr<const control_body> body, Then then);

  template <class Then>
  void ask_loops(std::shared_ptr<const control_body> body, Then then);

  bool has_others() const noexcept {
    return static_cast<bool>(bus_) && !options_.key.empty();
  }

  template <class Body>
  void say(Body body, std::uint64_t ticket = 0);

  void describe(snapshot& out) const override;
  void on_exit() override;

  const control_options options_;
  const time_point started_;
  actor_ref<bus_actor> bus_;
  std::vector<actor_ref<loop_desk_actor>> desks_;
  admin_actor admin_;
  control_seal seal_;
  membership others_;
  std::map<std::uint64_t, pending_request> requests_; // by id, which is not 0
  std::uint64_t last_id_ = 0;
  bool is_heard_ = false;   // the channel of the nodes is subscribed
  bool is_unheard_ = false; // the bus did not take what was said
  bool tick_planned_ = false;
  std::uint64_t asked_ = 0;    // by this node's requests
  std::uint64_t answered_ = 0; // questions of others
  std::uint64_t silences_ = 0; // nodes that did not answer in time
};

} // namespace rookery
