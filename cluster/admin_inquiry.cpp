#include "cluster/admin_inquiry.hpp"

#include <caf/after.hpp>
#include <caf/event_based_actor.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

/// The control answers in its own time, which is shorter, or is gone.
constexpr std::chrono::seconds patience{5};

json names_of(const std::vector<node_identity>& nodes) {
  auto result = json::array();
  for (const auto& each : nodes)
    result.push_back({{"id", each.id}, {"name", each.name}});
  return result;
}

/// The id of the node meant by `node`; nothing if there is none.
std::optional<std::string> id_of(const std::string& node,
                                 const membership_report& known) {
  if (node.empty())
    return node;
  const auto is_meant = [&](const node_identity& each) {
    return each.id == node || each.name == node;
  };
  if (node == self_node || is_meant(known.self))
    return known.self.id;
  const auto found = std::ranges::find_if(known.others, is_meant);
  if (!known.is_shared || found == known.others.end())
    return std::nullopt;
  return found->id;
}

void take(nodes_said& said, control_answer& answer) {
  said.problem = answer.problem;
  said.silent = std::move(answer.silent);
  for (auto& each : answer.nodes) {
    nodes_said::node node{std::move(each.node), each.uptime};
    if (const auto* reply = std::get_if<admin_reply>(&each.result))
      node.answers = json::parse(reply->text, nullptr, false);
    else if (const auto* reached = std::get_if<clients_reached>(&each.result))
      node.clients = reached->clients;
    said.nodes.push_back(std::move(node));
  }
  std::ranges::sort(said.nodes, {}, [](const auto& each) {
    return std::tie(each.who.name, each.who.id);
  });
}

/// One inquiry on its way.
struct inquirer {
  control_actor control;
  admin_inquiry what;
  std::function<void(nodes_said)> end;
  nodes_said said;
};

using self_pointer = caf::event_based_actor*;
using inquirer_ptr = std::shared_ptr<inquirer>;

void finish(self_pointer self, const inquirer_ptr& state) {
  state->end(std::move(state->said));
  self->quit();
}

void put(self_pointer self, const inquirer_ptr& state) {
  const auto id = id_of(state->what.node, state->said.known);
  if (!id) {
    state->said.is_known_node = false;
    return finish(self, state);
  }
  control_body body;
  if (state->what.command)
    body = std::move(*state->what.command);
  else
    body = admin_question{*id, text_of(state->what.asks)};
  self->send(
    state->control,
    control_request{std::make_shared<const control_body>(std::move(body)), 0});
}

} // namespace

json nodes_said::frame() const {
  std::vector<node_identity> answered;
  for (const auto& each : nodes)
    answered.push_back(each.who);
  return {{"scope", known.is_shared ? "cluster" : "node"},
          {"nodes", names_of(answered)},
          {"silent", names_of(silent)}};
}

void ask_nodes(caf::actor_system& system, const control_actor& control,
               admin_inquiry inquiry, std::function<void(nodes_said)> end) {
  auto state = std::make_shared<inquirer>(
    inquirer{control, std::move(inquiry), std::move(end), {}});
  system.spawn([state](self_pointer self) -> caf::behavior {
    const auto give_up = [self, state](const caf::error&) {
      state->said.problem = publish_problem::no_answer;
      finish(self, state);
    };
    self->request(state->control, patience, membership_query{})
      .then(
        [self, state](membership_report& known) {
          state->said.known = std::move(known);
          put(self, state);
        },
        give_up);
    return {
      [self, state](control_answer& answer) {
        take(state->said, answer);
        finish(self, state);
      },
      caf::after(patience) >> [give_up] { give_up({}); },
    };
  });
}

} // namespace rookery
