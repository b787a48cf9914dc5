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
/// loops and buses, and joins their answers as JSON. Part of `node_admin`, on
/// its thread. A failed answer is an object with a member `error`.
class node_queries {
public:
  using then = std::function<void(admin_json)>;

  /// Sends requests as `self`. Both references must outlive this.
  node_queries(caf::scheduled_actor& self, const admin_subjects& about)
    : self_{self}, about_{about}, bus_{about.buses, about.names} {}

  /// Calls `end` once with the answer, perhaps before returning.
  void carry_out(const node_query& query, then end);

  // Handlers for the answers of buses.
  void end(const history_answer& answer);
  void end(const publish_outcome& outcome);

  /// Drops the queries that wait for a bus, without calling their `end`.
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

  /// Sends `make(i)` to number `i` of `actors`. Calls `end` with an object
  /// whose `parts` are the answers as JSON, in the same order.
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
