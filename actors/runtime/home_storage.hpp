#pragma once

#include "actors/runtime/loop.hpp"

#include <caf/abstract_actor.hpp>
#include <caf/actor_config.hpp>
#include <caf/actor_system.hpp>

#include <cstddef>
#include <new>
#include <utility>

namespace rookery {

/// The memory before an actor that lives on a loop: CAF's control block, and
/// in the padding after it the loop's intake.
struct home_header {
  caf::actor_control_block control;
  const loop_intake_ptr intake; // null: on a test's execution unit

  static home_header& of(caf::abstract_actor& actor) noexcept {
    return *reinterpret_cast<home_header*>(
      caf::actor_control_block::from(&actor));
  }

  /// Returns true where the actor may be destroyed now; else its loop has been
  /// told to do so.
  bool dies_here() {
    return !intake || loop::is_current(*intake) || !intake->push_dead(control);
  }
};

/// The memory of an actor that is destroyed on the thread of its loop, wherever
/// its last reference is dropped; after the loop's end, on that thread. Has the
/// layout of `caf::actor_storage`, and its size.
template <class T>
class home_storage {
public:
  template <class... Ts>
  home_storage(caf::actor_system& system, loop* home, Ts&&... xs)
    : home_storage{system.next_actor_id(), system.node(), system, home} {
    new (&data) T(std::forward<Ts>(xs)...);
  }

  home_storage(const home_storage&) = delete;
  home_storage& operator=(const home_storage&) = delete;

  ~home_storage() {}

  home_header header;

  union {
    T data;
  };

private:
  home_storage(caf::actor_id id, caf::node_id node, caf::actor_system& system,
               loop* home)
    : header{{id, node, &system, destroy_data, destroy_block},
             home ? home->intake() : nullptr} {
    // CAF finds the object and its control block by their distance.
    static_assert(sizeof(home_header) == CAF_CACHE_LINE_SIZE);
    static_assert(alignof(T) <= CAF_CACHE_LINE_SIZE);
  }

  static void destroy_data(caf::abstract_actor* actor) {
    if (!home_header::of(*actor).dies_here())
      return;
    actor->on_destroy();
    static_cast<T*>(actor)->~T();
  }

  static void destroy_block(caf::actor_control_block* control) {
    delete reinterpret_cast<home_storage*>(control);
  }
};

/// Makes an actor of type `T` that dies on `home`; null: anywhere.
template <class T, class... Ts>
caf::strong_actor_ptr
make_at_home(caf::actor_system& system, loop* home, Ts&&... xs) {
  auto* made = new home_storage<T>(system, home, std::forward<Ts>(xs)...);
  return {&made->header.control, false};
}

} // namespace rookery
