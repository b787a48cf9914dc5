#pragma once

#include "actors/channel/bus_access.hpp"
#include "cluster/admin/admin_json.hpp"
#include "cluster/admin/admin_subjects.hpp"

#include <caf/scheduled_actor.hpp>

#include <cstdint>
#include <functional>
#include <unordered_map>

namespace rookery {

/// Carries out the queries and commands of operators on one node: asks its
/// loops and buses, and puts their answers together as JSON. Part of the
/// node's admin, on its thread. An answer that failed is an object with a
/// member `error`.
class node_queries {
public:
  using then = std::function<void(admin_json)>;

  /// Asks on behalf of `self`. Both must outlive this.
  node_queries(caf::scheduled_actor& self, const admin_subjects& about)
    : self_{self}, about_{about}, bus_{about.buses, about.names} {}

  /// Calls `end` once with the answer, perhaps right here.
  void carry_out(const node_query& query, then end);

  // The answers of the buses.
  void end(const history_answer& answer);
  void end(const publish_outcome& outcome);

  /// Forgets what is under way.
  void clear() { waiting_.clear(); }

private:
  void run(const unknown_query& query, then end);
  void run(const state_query& query, then end);
  void run(const listing_query& query, then end);
  void run(const actor_query& query, then end);
  void run(const buses_query& query, then end);
  void run(const ledger_query& query, then end);
  void run(const events_query& query, then end);
  void run(const position_query& query, then end);
  void run(const options_query& query, then end);
  void run(const kick_command& command, then end);
  void run(const publish_text_command& command, then end);
  void run(const drain_command& command, then end);
  void run(const log_level_command& command, then end);

  /// Puts `make(i)` to each of `actors`; `end` gets an object whose `parts` are
  /// the answers, each as JSON, in their order.
  template <class Answer, class Actors, class Make>
  void ask_each(const Actors& actors, Make make, then end);

  std::uint64_t wait(then end);

  caf::scheduled_actor& self_;
  const admin_subjects& about_;
  bus_access bus_;
  std::uint64_t ticket_ = 0;
  std::unordered_map<std::uint64_t, then> waiting_; // by ticket
};

} // namespace rookery
