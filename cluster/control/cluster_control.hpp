#pragma once

#include "actors/interfaces.hpp"
#include "actors/runtime/pinned_actor.hpp"
#include "cluster/control/control_message.hpp"
#include "cluster/control/control_seal.hpp"
#include "cluster/control/membership.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rookery {

/// The options of a node's control.
struct control_options {
  node_identity self;
  /// The key that signs messages between nodes; empty: this node is alone.
  std::string key;
  /// True if operators of one node see and command the other nodes, too.
  bool is_shared = false;
  /// Separates clusters with the same key on one Redis: `redis.prefix`.
  std::string scope = {};
};

/// The actor that sends queries to the loops of this node and, through the bus,
/// to the other nodes, and collects the answers. It also answers the queries of
/// other nodes. It knows the other nodes by the messages that they send at
/// intervals. A query ends after `answer_timeout` at the latest; its answer
/// lists the nodes that were silent. Starts with the first `beat_atom`, which
/// the node sends.
class cluster_control final : public pinned_actor<control_actor> {
public:
  static constexpr std::chrono::milliseconds answer_timeout{2'000};

  /// The maximum number of queries under way; more are refused.
  static constexpr std::size_t max_queries = 1'000;

  /// `bus` is empty if there are no other nodes. `commands` are those of all
  /// loops; `admin` answers operators.
  cluster_control(caf::actor_config& config, control_options options,
                  actor_ref<bus_actor> bus,
                  std::vector<actor_ref<loop_commands_actor>> commands,
                  admin_actor admin);

  std::string_view kind() const noexcept override { return "cluster"; }

  behavior_type make_behavior() override;

private:
  using time_point = caf::actor_clock::time_point;

  struct pending_query {
    caf::strong_actor_ptr sender;
    std::uint64_t ticket = 0;
    time_point deadline;
    std::map<std::string, node_identity> waiting; // by id
    cluster_answer answer;
  };

  using query_ptr = std::shared_ptr<const control_query>;
  using then = std::function<void(control_result)>;

  void ask(const cluster_query& query);
  bool is_put_to(const std::string& id, const control_query& query) const;
  void receive(const delivery& what);

  void handle(const node_identity&, const control_hello&) {}

  void handle(const node_identity& from, const control_unknown&);

  void handle(const node_identity& from, const control_bye& bye);
  void handle(const node_identity& from, const remote_query& query);
  void handle(const node_identity& from, const remote_reply& reply);
  void end_publish(const publish_outcome& result);
  void take(std::uint64_t id, node_answer answer);
  void finish(std::map<std::uint64_t, pending_query>::iterator which);
  void beat();
  void tick();
  void plan_tick();
  void say_hello();
  std::chrono::seconds uptime() const;
  membership_report report();
  void notice(const node_identity& node);
  void notice_stranger(const node_identity& node, seal_problem problem);

  /// Calls `end` with the answer of this node, if there is one in time.
  void answer_here(const query_ptr& query, then end);
  void ask_loops(const query_ptr& query, then end);

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
  std::vector<actor_ref<loop_commands_actor>> commands_;
  admin_actor admin_;
  control_seal seal_;
  membership others_;
  std::map<std::uint64_t, pending_query> queries_; // by id, which is not 0
  std::uint64_t last_id_ = 0;
  bool is_heard_ = false;   // the channel of the nodes is subscribed
  bool is_unheard_ = false; // the bus did not confirm a message
  bool tick_planned_ = false;
  std::uint64_t asked_ = 0;    // queries of this node
  std::uint64_t answered_ = 0; // queries of others
  std::uint64_t silences_ = 0; // nodes that did not answer in time
};

} // namespace rookery
