#pragma once

#include "actors/interfaces.hpp"
#include "cluster/admin/admin_json.hpp"

#include <caf/actor_system.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// A query of an operator to nodes.
struct operator_query {
  /// Id or name of the node; empty: all. `self_node`: the one that is asked.
  std::string node;
  std::vector<node_query> queries;
  /// Instead of `queries`: a command for clients.
  std::optional<client_command> command = std::nullopt;
  /// Returns further queries that the first answers give rise to, perhaps none.
  /// Each node's answers to them are added after its first ones.
  std::function<std::vector<node_query>(const query_answers& said)> further =
    {};
};

/// Stands for the node whose admin listener was asked.
inline constexpr std::string_view self_node = ".";

/// The answers of nodes to an operator's query.
struct query_answers {
  /// A node that has answered every query.
  struct node {
    node_identity who;
    std::chrono::seconds uptime{0};
    admin_json answers = {};   ///< in the order of the queries
    std::uint64_t clients = 0; ///< reached by the command
  };

  membership_report known;
  std::vector<node> nodes; ///< by name
  std::vector<node_identity> silent;
  publish_problem problem = publish_problem::none;
  bool is_known_node = true; ///< false: there is none of that id or name

  /// `{"scope":…,"nodes":[…],"silent":[…]}`
  admin_json frame() const;
};

/// Puts `query` to the nodes and calls `end` once with their answers, on a
/// thread of CAF's scheduler.
void query_nodes(caf::actor_system& system, const control_actor& control,
                 operator_query query, std::function<void(query_answers)> end);

} // namespace rookery
