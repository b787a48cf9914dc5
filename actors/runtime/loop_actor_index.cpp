#include "actors/runtime/loop_actor_index.hpp"

namespace rookery {

const loop_actor_base* loop_actor_index::find(std::uint64_t id) const {
  const auto found = actors_.find(id);
  return found == actors_.end() ? nullptr : &*found;
}

loop_actor_base* loop_actor_index::find(std::uint64_t id) {
  const auto found = actors_.find(id);
  return found == actors_.end() ? nullptr : &*found;
}

} // namespace rookery
