#pragma once

#include "actors/interfaces.hpp"
#include "cluster/admin_guard.hpp"
#include "cluster/admin_routes.hpp"
#include "cluster/bus_health.hpp"
#include "cluster/drain_gate.hpp"
#include "net/http_exchange.hpp"

#include <caf/actor_system.hpp>

#include <memory>
#include <string_view>

namespace rookery {

/// The files of the web console.
struct web_console {
  std::string_view page;
  std::string_view script;
  std::string_view style;
};

/// What the admin listener answers, see docs/admin.md. Asks the nodes away from
/// the loops, and logs every action.
class admin_service final : public http_service {
public:
  /// All references must outlive the listener's loops.
  admin_service(caf::actor_system& system, control_actor control,
                admin_guard guard, const bus_health& health,
                const drain_gate& gate, web_console files)
    : system_{system},
      control_{std::move(control)},
      guard_{std::move(guard)},
      health_{health},
      gate_{gate},
      files_{files} {}

  void handle(std::shared_ptr<http_exchange> exchange) override;

private:
  using exchange_ptr = std::shared_ptr<http_exchange>;

  bool serve_file(const exchange_ptr& exchange, std::string_view path) const;
  bool serve_health(const exchange_ptr& exchange, std::string_view path) const;
  void serve_api(const exchange_ptr& exchange, std::string_view path);
  void put(const exchange_ptr& exchange, const admin_route& route);

  caf::actor_system& system_;
  control_actor control_;
  const admin_guard guard_;
  const bus_health& health_;
  const drain_gate& gate_;
  const web_console files_;
};

} // namespace rookery
