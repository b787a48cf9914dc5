#include "actors/resident_index.hpp"

namespace rookery {

const resident* resident_index::find(std::uint64_t id) const {
  const auto found = actors_.find(id);
  return found == actors_.end() ? nullptr : &*found;
}

resident* resident_index::find(std::uint64_t id) {
  const auto found = actors_.find(id);
  return found == actors_.end() ? nullptr : &*found;
}

} // namespace rookery
