#pragma once

#include "actors/interfaces.hpp"
#include "cluster/admin/admin_json.hpp"

#include <caf/actor_system.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery {

struct nodes_said;

/// What an operator puts to nodes.
struct admin_inquiry {
  /// Id or name of the node; empty: all. `self_node`: the one that is asked.
  std::string node;
  /// What each of them is asked, see `node_admin`.
  admin_json asks;
  /// Instead of `asks`: a command for clients.
  std::optional<client_command> command = std::nullopt;
  /// Further asks that the answers give rise to; empty: none. What they are
  /// answered stands behind the first answers of each node.
  std::function<admin_json(const nodes_said& said)> further = {};
};

/// One thing that nodes are asked.
inline admin_json make_ask(std::string_view what,
                           admin_json params = admin_json::object()) {
  params["ask"] = what;
  return params;
}

template <class... Asks>
admin_json make_asks(Asks... asks) {
  auto result = admin_json::array();
  (result.push_back(std::move(asks)), ...);
  return result;
}

/// Stands for the node whose admin listener was asked.
inline constexpr std::string_view self_node = ".";

/// What nodes said to an inquiry.
struct nodes_said {
  /// One that has answered all it was asked.
  struct node {
    node_identity who;
    std::chrono::seconds uptime{0};
    admin_json answers = {};   ///< in the order of the asks
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

/// Puts `inquiry` to the nodes and calls `end` once with what they said, on a
/// thread of CAF's scheduler.
void ask_nodes(caf::actor_system& system, const control_actor& control,
               admin_inquiry inquiry, std::function<void(nodes_said)> end);

} // namespace rookery
