#include "cluster/admin/nodes_view.hpp"

namespace rookery {

namespace {

using json = admin_json;

json head_of(const query_answers::node& node, const query_answers& answers) {
  return {{"id", node.who.id},
          {"name", node.who.name},
          {"self", node.who.id == answers.known.self.id},
          {"version", node.who.version},
          {"uptime_seconds", node.uptime.count()}};
}

json departed_of(const membership_report& known) {
  auto result = json::array();
  for (const auto& each : known.departed)
    result.push_back({{"id", each.node.id},
                      {"name", each.node.name},
                      {"how", each.has_left ? "left" : "silent"},
                      {"seconds_ago", each.ago.count()}});
  return result;
}

json strangers_of(const membership_report& known) {
  auto result = json::array();
  for (const auto& each : known.strangers)
    result.push_back({{"id", each.node.id},
                      {"name", each.node.name},
                      {"reason", each.reason}});
  return result;
}

} // namespace

json drain_progress(const json& answers, std::size_t drain, std::size_t state) {
  auto result = answers.at(drain).value("drain", json());
  if (result.is_object() && answers.at(state).contains("clients"))
    result["left"] = answers.at(state)["clients"];
  return result;
}

json show_nodes(const query_answers& answers) {
  auto nodes = json::array();
  for (const auto& each : answers.nodes) {
    auto row = head_of(each, answers);
    row.update(each.answers.at(0));
    if (row.value("drain", json()).is_object())
      row["drain"]["left"] = row.value("clients", json());
    nodes.push_back(std::move(row));
  }
  return {{"nodes", std::move(nodes)},
          {"gone", departed_of(answers.known)},
          {"strangers", strangers_of(answers.known)}};
}

} // namespace rookery
