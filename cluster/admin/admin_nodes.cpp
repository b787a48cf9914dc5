#include "cluster/admin/admin_routes.hpp"

// The list of nodes, and how far their drains are.
namespace rookery {

namespace {

using json = admin_json;

json head_of(const nodes_said::node& node, const nodes_said& said) {
  return {{"id", node.who.id},
          {"name", node.who.name},
          {"self", node.who.id == said.known.self.id},
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

} // namespace

std::string node_or_self(admin_request& request) {
  auto node = request.text("node");
  return node.empty() ? std::string{self_node} : node;
}

json drain_of(const json& answers, std::size_t drain, std::size_t node) {
  auto result = answers.at(drain).value("drain", json());
  if (result.is_object() && answers.at(node).contains("clients"))
    result["left"] = answers.at(node)["clients"];
  return result;
}

json show_nodes(const nodes_said& said) {
  auto nodes = json::array();
  for (const auto& each : said.nodes) {
    auto row = head_of(each, said);
    row.update(each.answers.at(0));
    if (row.value("drain", json()).is_object())
      row["drain"]["left"] = row.value("clients", json());
    nodes.push_back(std::move(row));
  }
  return {{"nodes", std::move(nodes)}, {"gone", departed_of(said.known)}};
}

} // namespace rookery
