#pragma once

#include "apps/rookery-console/api.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::console {

/// Which name stands for which node. Ids tell runs of a node apart and are what
/// answers speak of; people know names.
class node_names {
public:
  /// Takes over what an answer's `nodes` and `silent` say.
  void learn(const json& answer);

  /// The name that stands for this node alone, else its id.
  [[nodiscard]] std::string name_of(const std::string& id) const;

  /// All names of the last answer, in order.
  [[nodiscard]] std::vector<std::string> all() const;

private:
  std::map<std::string, std::string, std::less<>> by_id_;
};

} // namespace rookery::console
