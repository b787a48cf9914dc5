#pragma once

#include "actors/runtime/home_storage.hpp"
#include "actors/runtime/loop.hpp"
#include "actors/runtime/loop_actor_base.hpp"

#include <caf/actor_cast.hpp>
#include <caf/actor_config.hpp>
#include <caf/actor_system.hpp>
#include <caf/detail/type_list.hpp>
#include <caf/response_type.hpp>

#include <type_traits>

namespace rookery {

/// A typed handle of an actor that lives on a loop. Senders on the same loop
/// can call the actor directly. Any thread may hold and copy one.
template <class Handle>
class actor_ref {
public:
  actor_ref() = default;

  /// `actor` must be the actor that `handle` refers to.
  actor_ref(Handle handle, loop_actor_base& actor)
    : handle_{std::move(handle)}, actor_{&actor} {}

  /// A reference that always goes through the mailbox, e.g. to a test's actor.
  explicit actor_ref(Handle handle) : handle_{std::move(handle)} {}

  /// Makes a reference to the same actor by a part of its interface.
  template <class Other>

  requires std::is_convertible_v<Other, Handle>
  actor_ref(const actor_ref<Other>& other)
    : handle_{other.handle()}, actor_{other.actor_} {}

  const Handle& handle() const noexcept { return handle_; }

  /// Returns the actor if it can be called inline on this thread, else null.
  loop_actor_base* inline_target() const noexcept {
    return actor_ && actor_->home() && actor_->home() == loop::current()
             ? actor_
             : nullptr;
  }

  explicit operator bool() const noexcept { return static_cast<bool>(handle_); }

private:
  template <class Other>
  friend class actor_ref;

  Handle handle_;
  loop_actor_base* actor_ = nullptr;
};

/// Starts a pinned actor on `unit` (a loop, or a test's execution unit). On a
/// loop: on its thread, or before it runs; there it is destroyed, too.
template <class T, class... Ts>
actor_ref<typename T::interface>
spawn_pinned(caf::actor_system& system, caf::execution_unit& unit, Ts&&... xs) {
  caf::actor_config config{&unit};
  const auto made = make_at_home<T>(system, dynamic_cast<loop*>(&unit), config,
                                    std::forward<Ts>(xs)...);
  auto& actor = *static_cast<T*>(made->get());
  actor.launch(&unit, true, false);
  return {caf::actor_cast<typename T::interface>(made), actor};
}

namespace detail {

/// Returns the form in which CAF stores a message element: the value of an
/// atom's type.
template <class T>
T& stored(T& element) {
  return element;
}

template <caf::atom_value Value>
caf::atom_value stored(caf::atom_constant<Value>&) {
  return Value;
}

template <class... Ts>
bool invoke_inline(loop_actor_base& target, const caf::strong_actor_ptr& sender,
                   Ts&&... elements) {
  caf::mailbox_element_view<std::decay_t<Ts>...> view{
    caf::strong_actor_ptr{sender}, caf::make_message_id(), {}, elements...};
  return target.try_invoke(view);
}

} // namespace detail

/// Sends a message of the interface. If the receiver lives on this thread's
/// loop and is idle, the message is handled before this returns, without any
/// allocation; otherwise it is queued after the receiver's other messages.
template <class Handle, class... Ts>
void tell(const caf::strong_actor_ptr& sender, const actor_ref<Handle>& to,
          Ts... xs) {
  static_assert(caf::response_type_unbox<typename Handle::signatures,
                                         caf::detail::type_list<Ts...>>::valid,
                "the receiver's interface has no such message");
  auto* target = to.inline_target();
  if (target && detail::invoke_inline(*target, sender, detail::stored(xs)...))
    return;
  caf::actor_cast<caf::abstract_actor*>(to.handle())
    ->eq_impl(caf::make_message_id(), sender, loop::current(),
              std::move(xs)...);
}

} // namespace rookery
