#include "cluster/membership.hpp"

namespace rookery {

bool membership::heard(const node_identity& node, time_point now) {
  const auto found = nodes_.find(node.id);
  if (found != nodes_.end()) {
    found->second.last = now;
    return false;
  }
  if (nodes_.size() >= most)
    return false;
  nodes_.emplace(node.id, entry{node, now});
  return true;
}

std::vector<node_identity> membership::expire(time_point now) {
  std::vector<node_identity> result;
  std::erase_if(nodes_, [&](const auto& each) {
    if (now - each.second.last < patience)
      return false;
    result.push_back(each.second.node);
    return true;
  });
  return result;
}

std::vector<node_identity> membership::all() const {
  std::vector<node_identity> result;
  for (const auto& [id, entry] : nodes_)
    result.push_back(entry.node);
  return result;
}

} // namespace rookery
