#include "cluster/control/membership.hpp"

#include <utility>

namespace rookery {

bool membership::heard(const node_identity& node, time_point now) {
  const auto found = nodes_.find(node.id);
  if (found != nodes_.end()) {
    found->second.last = now;
    return false;
  }
  if (nodes_.size() >= max_nodes)
    return false;
  nodes_.emplace(node.id, entry{node, now});
  return true;
}

bool membership::misunderstood(const std::string& id) {
  const auto found = nodes_.find(id);
  return found != nodes_.end()
         && std::exchange(found->second.is_understood, false);
}

std::vector<node_identity> membership::expire(time_point now) {
  std::vector<node_identity> result;
  std::erase_if(nodes_, [&](const auto& each) {
    if (now - each.second.last < patience)
      return false;
    result.push_back(each.second.node);
    return true;
  });
  for (const auto& each : result)
    forget(each, false, now);
  return result;
}

bool membership::heard_stranger(const stranger_node& node, time_point now) {
  std::erase_if(strangers_, [now](const auto& each) {
    return now - each.second.last >= patience;
  });
  const auto found = strangers_.find(node.node.id);
  if (found == strangers_.end() && strangers_.size() >= max_strangers)
    return false;
  const auto is_new =
    found == strangers_.end() || found->second.node.reason != node.reason;
  strangers_[node.node.id] = {node, now};
  return is_new;
}

std::vector<stranger_node> membership::strangers(time_point now) const {
  std::vector<stranger_node> result;
  for (const auto& [id, each] : strangers_)
    if (now - each.last < patience)
      result.push_back(each.node);
  return result;
}

void membership::left(const std::string& id, time_point now) {
  const auto found = nodes_.find(id);
  if (found == nodes_.end())
    return;
  forget(found->second.node, true, now);
  nodes_.erase(found);
}

void membership::forget(const node_identity& node, bool has_left,
                        time_point now) {
  departed_.push_front({node, has_left, now});
  if (departed_.size() > max_departed)
    departed_.pop_back();
}

std::vector<departed_node> membership::departed(time_point now) const {
  std::vector<departed_node> result;
  for (const auto& each : departed_)
    if (now - each.at < memory && !nodes_.contains(each.node.id))
      result.push_back(
        {each.node, each.has_left,
         std::chrono::duration_cast<std::chrono::seconds>(now - each.at)});
  return result;
}

std::vector<node_identity> membership::all() const {
  std::vector<node_identity> result;
  for (const auto& [id, entry] : nodes_)
    result.push_back(entry.node);
  return result;
}

} // namespace rookery
