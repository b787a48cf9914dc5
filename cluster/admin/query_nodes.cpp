#include "cluster/admin/query_nodes.hpp"

#include "cluster/shared/parse_json.hpp"

#include <caf/after.hpp>
#include <caf/event_based_actor.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace rookery {

namespace {

using json = admin_json;

/// The time to wait for the control actor. It answers sooner, unless it has
/// ended.
constexpr std::chrono::seconds patience{5};

json names_of(const std::vector<node_identity>& nodes) {
  auto result = json::array();
  for (const auto& each : nodes)
    result.push_back({{"id", each.id}, {"name", each.name}});
  return result;
}

/// Returns the id of the node meant by `node`, or nullopt if there is none.
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

void take(query_answers& answers, cluster_answer& answer) {
  answers.problem = answer.problem;
  answers.silent = std::move(answer.silent);
  for (auto& each : answer.nodes) {
    query_answers::node node{std::move(each.node), each.uptime};
    if (const auto* reply = std::get_if<admin_reply>(&each.result))
      node.answers = parse_json<json>(reply->text);
    else if (const auto* reached = std::get_if<clients_reached>(&each.result))
      node.clients = reached->clients;
    answers.nodes.push_back(std::move(node));
  }
  std::ranges::sort(answers.nodes, {}, [](const auto& each) {
    return std::tie(each.who.name, each.who.id);
  });
}

/// Adds the answers of `more` after those of `answers`. A node that is missing
/// in `more` counts as silent.
void append(query_answers& answers, query_answers more) {
  std::erase_if(answers.nodes, [&](query_answers::node& node) {
    const auto found = std::ranges::find_if(
      more.nodes, [&](const auto& each) { return each.who == node.who; });
    if (found == more.nodes.end())
      return true;
    for (auto& each : found->answers)
      node.answers.push_back(std::move(each));
    return false;
  });
  for (auto& each : more.silent)
    if (std::ranges::find(answers.silent, each) == answers.silent.end())
      answers.silent.push_back(std::move(each));
  answers.problem = more.problem;
}

/// The state of one query that is under way.
struct pending_query {
  control_actor control;
  operator_query what;
  std::function<void(query_answers)> end;
  query_answers answers = {};
  std::string id = {};     // of the queried node; empty: all
  bool is_further = false; // the first queries are answered
};

using self_pointer = caf::event_based_actor*;
using pending_ptr = std::shared_ptr<pending_query>;

void finish(self_pointer self, const pending_ptr& state) {
  state->end(std::move(state->answers));
  self->quit();
}

void send(self_pointer self, const pending_ptr& state, control_query what) {
  self->send(
    state->control,
    cluster_query{std::make_shared<const control_query>(std::move(what)), 0});
}

void put(self_pointer self, const pending_ptr& state) {
  const auto id = id_of(state->what.node, state->answers.known);
  if (!id) {
    state->answers.is_known_node = false;
    return finish(self, state);
  }
  state->id = *id;
  if (state->what.command)
    send(self, state, std::move(*state->what.command));
  else
    send(self, state, admin_query{*id, std::move(state->what.queries)});
}

void go_on(self_pointer self, const pending_ptr& state,
           cluster_answer& answer) {
  query_answers answers;
  take(answers, answer);
  if (state->is_further) {
    append(state->answers, std::move(answers));
    return finish(self, state);
  }
  answers.known = std::move(state->answers.known);
  state->answers = std::move(answers);
  auto further = state->what.further ? state->what.further(state->answers)
                                     : std::vector<node_query>{};
  if (further.empty())
    return finish(self, state);
  state->is_further = true;
  send(self, state, admin_query{state->id, std::move(further)});
}

} // namespace

json query_answers::frame() const {
  std::vector<node_identity> answered;
  for (const auto& each : nodes)
    answered.push_back(each.who);
  return {{"scope", known.is_shared ? "cluster" : "node"},
          {"nodes", names_of(answered)},
          {"silent", names_of(silent)}};
}

void query_nodes(caf::actor_system& system, const control_actor& control,
                 operator_query query, std::function<void(query_answers)> end) {
  auto state = std::make_shared<pending_query>(
    pending_query{control, std::move(query), std::move(end)});
  system.spawn([state](self_pointer self) -> caf::behavior {
    const auto give_up = [self, state](const caf::error&) {
      state->answers.problem = publish_problem::no_answer;
      state->answers.nodes.clear(); // no node has answered every query
      finish(self, state);
    };
    self->request(state->control, patience, membership_query{})
      .then(
        [self, state](membership_report& known) {
          state->answers.known = std::move(known);
          put(self, state);
        },
        give_up);
    return {
      [self, state](cluster_answer& answer) { go_on(self, state, answer); },
      caf::after(patience) >> [give_up] { give_up({}); },
    };
  });
}

} // namespace rookery
