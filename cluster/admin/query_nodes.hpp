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

/// A query of an operator, sent to one node or all nodes.
struct operator_query {
  /// The id or name of the node, or `self_node`; empty: all nodes.
  std::string node;
  std::vector<node_query> queries;
  /// A command for clients, sent instead of `queries`.
  std::optional<client_command> command = std::nullopt;
  /// Returns further queries that depend on the first answers, perhaps none.
  /// The answers of each node are appended to its first ones.
  std::function<std::vector<node_query>(const query_answers& answers)> further =
    {};
};

/// The name for the node whose admin listener got the request.
inline constexpr std::string_view self_node = ".";

/// The answers of nodes to an operator's query.
struct query_answers {
  /// A node that has answered every query.
  struct node {
    node_identity who;
    std::chrono::seconds uptime{0};
    admin_json answers = {};   ///< in the order of the queries
    std::uint64_t clients = 0; ///< clients that the command reached
  };

  membership_report known;
  std::vector<node> nodes; ///< ordered by name
  std::vector<node_identity> silent;
  publish_problem problem = publish_problem::none;
  bool is_known_node = true; ///< false: no node has that id or name

  /// Returns `{"scope":…,"nodes":[…],"silent":[…]}`.
  admin_json frame() const;
};

/// Sends `query` to the nodes and calls `end` once with their answers, on a
/// thread of CAF's scheduler.
void query_nodes(caf::actor_system& system, const control_actor& control,
                 operator_query query, std::function<void(query_answers)> end);

} // namespace rookery
