#pragma once

#include "actors/plain_connection.hpp"

#include <caf/actor_control_block.hpp>

#include <utility>

namespace rookery {

/// A client in one object: the connection actor and its session, with the
/// actor's reference count for both. `Session` is websocket_session or
/// sse_session.
template <class Session>
class connection final : public plain_connection, public Session {
public:
  /// `xs` are the session's own arguments.
  template <class... Ts>
  connection(caf::actor_config& config, loop_services& services,
             plain_request request, Ts&&... xs)
    : plain_connection{config, services, std::move(request)},
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

/// Starts a client on its loop. On that loop's thread.
template <class Session, class... Ts>
void start_connection(loop_services& services, plain_request request,
                      Ts&&... xs) {
  const auto client = spawn_light<connection<Session>>(
    services.home, services, std::move(request), std::forward<Ts>(xs)...);
  client->start();
  client->begin();
}

} // namespace rookery
