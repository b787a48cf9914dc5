#pragma once

#include "actors/runtime/light_actor.hpp"

#include <caf/detail/type_list.hpp>
#include <caf/message.hpp>
#include <caf/response_type.hpp>
#include <caf/typed_actor.hpp>

#include <type_traits>
#include <utility>

namespace rookery {

namespace detail {

template <class Function>
struct handler_traits;

template <class Class, class Result, class... Ts>
struct handler_traits<Result (Class::*)(Ts...)> {
  using result = Result;
  using inputs = caf::detail::type_list<std::decay_t<Ts>...>;

  /// Compares type tokens for types that CAF knows; atoms and rookery's own
  /// types need the comparison element by element.
  static bool matches(const caf::type_erased_tuple& content) {
    return content.type_token() == caf::make_type_token<std::decay_t<Ts>...>()
           && content.match_elements<std::decay_t<Ts>...>();
  }

  template <auto Handler, class Self, std::size_t... Is>
  static result call(Self& self, caf::type_erased_tuple& content,
                     std::index_sequence<Is...>) {
    return (self.*Handler)(content.get_as<std::decay_t<Ts>>(Is)...);
  }

  template <auto Handler, class Self>
  static bool
  try_call(Self& self, caf::type_erased_tuple& content, caf::message& reply) {
    if (!matches(content))
      return false;
    constexpr auto indices = std::index_sequence_for<Ts...>{};
    if constexpr (std::is_void_v<Result>)
      call<Handler>(self, content, indices);
    else
      reply = caf::make_message(call<Handler>(self, content, indices));
    return true;
  }
};

} // namespace detail

/// The static handler table of a light actor: one member function per message
/// of its typed interface `Handle`, in the same order, checked at compile time.
template <class Handle, auto... Handlers>
struct light_handlers {
  using signatures = typename Handle::signatures;

  static_assert(caf::detail::tl_size<signatures>::value == sizeof...(Handlers),
                "the table has one handler per message of the interface");
  static_assert(
    (caf::response_type_unbox<signatures, typename detail::handler_traits<
                                            decltype(Handlers)>::inputs>::valid
     && ...),
    "every handler takes a message of the interface");

  /// Calls the first handler that accepts `content`. Returns false if none
  /// does.
  template <class Self>
  static bool
  invoke(Self& self, caf::type_erased_tuple& content, caf::message& reply) {
    return (
      detail::handler_traits<decltype(Handlers)>::template try_call<Handlers>(
        self, content, reply)
      || ...);
  }
};

} // namespace rookery
