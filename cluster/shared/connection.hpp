#pragma once

#include "actors/outbox.hpp"
#include "actors/runtime/guarded.hpp"
#include "actors/runtime/light_actor.hpp"

#include <caf/actor_control_block.hpp>

#include <string_view>
#include <utility>

namespace rookery {

/// A client in one object: the connection actor and its session, with the
/// actor's reference count for both. `Actor` is plain_connection or
/// centrifuge_connection, `Session` is websocket_session or sse_session.
template <class Actor, class Session>
class connection final : public Actor, public Session {
public:
  /// The `xs` are the arguments of the session.
  template <class Services, class Request, class... Ts>
  connection(caf::actor_config& config, Services& services, Request request,
             Ts&&... xs)
    : Actor{config, services, std::move(request)},
      Session{std::forward<Ts>(xs)...} {}

  void add_reference() noexcept override {
    caf::intrusive_ptr_add_ref(this->ctrl());
  }

  void release_reference() noexcept override {
    caf::intrusive_ptr_release(this->ctrl());
  }

private:
  inbox& actor() noexcept override { return *this; }

  outbox& socket() noexcept override { return *this; }
};

/// Starts a client on its loop, `home`. Must be called on that loop's thread.
template <class Actor, class Session, class Services, class Request,
          class... Ts>
void start_connection(loop& home, Services& services, Request request,
                      Ts&&... xs) {
  const auto client = spawn_light<connection<Actor, Session>>(
    home, services, std::move(request), std::forward<Ts>(xs)...);
  client->start();
  guarded([&] { client->begin(); },
          [&](std::string_view what) { client->failed("begin", what); });
}

} // namespace rookery
