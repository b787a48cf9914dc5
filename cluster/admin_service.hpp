#pragma once

#include "actors/interfaces.hpp"
#include "net/http_exchange.hpp"

#include <caf/actor_system.hpp>

namespace rookery {

/// What the admin listener answers: GET /actors and GET /actors/{id}, as JSON.
/// Only to whoever names it by a loopback literal or "localhost", and never to
/// a web page of another origin: any page in a browser on this machine could
/// otherwise read it (DNS rebinding).
class admin_service final : public http_service {
public:
  /// `system` must outlive the listener's loops.
  admin_service(caf::actor_system& system, admin_actor admin)
    : system_{system}, admin_{std::move(admin)} {}

  void handle(std::shared_ptr<http_exchange> exchange) override;

private:
  using exchange_ptr = std::shared_ptr<http_exchange>;

  void list(exchange_ptr exchange);
  void show(exchange_ptr exchange, std::string_view id);

  template <class Answer, class... Question>
  void ask(exchange_ptr exchange, Question... question);

  caf::actor_system& system_;
  admin_actor admin_;
};

} // namespace rookery
