#pragma once

#include "actors/interfaces.hpp"

#include <string_view>
#include <vector>

namespace rookery {

/// Maps each channel to the bus actor that owns it. One bridge owns all
/// channels; in-process buses share them by hash. Immutable.
class bus_directory {
public:
  explicit bus_directory(std::vector<actor_ref<bus_actor>> buses)
    : buses_{std::move(buses)} {}

  const actor_ref<bus_actor>& owner_of(std::string_view channel) const {
    return buses_.size() == 1
             ? buses_.front()
             : buses_[std::hash<std::string_view>{}(channel) % buses_.size()];
  }

  const std::vector<actor_ref<bus_actor>>& all() const noexcept {
    return buses_;
  }

private:
  std::vector<actor_ref<bus_actor>> buses_;
};

} // namespace rookery
