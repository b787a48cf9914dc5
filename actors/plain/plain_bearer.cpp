#include "actors/plain/plain_bearer.hpp"

#include "actors/client/loop_services.hpp"
#include "actors/plain/plain_connection.hpp"
#include "actors/runtime/wall_clock.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

plain_bearer::plain_bearer(plain_pass pass, loop_services& services,
                           plain_connection& client)
  : pass_{std::move(pass)}, services_{services}, client_{client} {
  services_.clients.insert(*this);
}

plain_bearer::~plain_bearer() {
  services_.clients.erase(*this);
  services_.clients.leave(pass_.user);
}

void plain_bearer::carry_out(const client_command& command) {
  if (const auto* ends = std::get_if<disconnect_action>(&command.action)) {
    if (std::ranges::find(ends->except, pass_.client) != ends->except.end())
      return;
    client_.end(ends->how);
  } else if (const auto* sets = std::get_if<refresh_action>(&command.action)) {
    pass_.expires_at = sets->expires_at;
    if (sets->has_expired)
      client_.end(close_reason::connection_expired);
  }
}

bool plain_bearer::has_expired() const {
  return pass_.expires_at && services_.clock
         && services_.clock->now() >= *pass_.expires_at;
}

} // namespace rookery
