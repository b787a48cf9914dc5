#include "apps/rookery-console/node_names.hpp"

#include "apps/rookery-console/fields.hpp"

#include <algorithm>

namespace rookery::console {

void node_names::learn(const json& answer) {
  const auto& nodes = rows_of(answer, "nodes");
  if (nodes.empty())
    return;
  // Forget the previous answer: a node that restarted would have two ids.
  by_id_.clear();
  for (const auto* list : {"nodes", "silent"})
    for (const auto& node : rows_of(answer, list))
      by_id_[text_of(node, "id")] = text_of(node, "name");
}

std::string node_names::name_of(const std::string& id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end() || found->second.empty())
    return id;
  const auto same =
    std::count_if(by_id_.begin(), by_id_.end(), [&](const auto& node) {
      return node.second == found->second;
    });
  return same == 1 ? found->second : id;
}

std::vector<std::string> node_names::all() const {
  std::vector<std::string> result;
  for (const auto& [id, name] : by_id_)
    result.push_back(name_of(id));
  std::sort(result.begin(), result.end());
  return result;
}

} // namespace rookery::console
