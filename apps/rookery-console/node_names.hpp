#pragma once

#include "apps/rookery-console/api.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// Maps node ids to names. Answers use ids, which differ between runs of a
/// node; people use names.
class node_names {
public:
  /// Replaces the map by the members `nodes` and `silent` of an answer.
  void learn(const json& answer);

  /// The node's name, or its id if several nodes have that name.
  [[nodiscard]] std::string name_of(const std::string& id) const;

  /// All names of the last answer, in order.
  [[nodiscard]] std::vector<std::string> all() const;

private:
  std::map<std::string, std::string, std::less<>> by_id_;
};

} // namespace rookery::console
