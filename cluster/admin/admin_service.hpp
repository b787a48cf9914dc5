#pragma once

#include "actors/interfaces.hpp"
#include "cluster/admin/admin_guard.hpp"
#include "cluster/admin/admin_routes.hpp"
#include "cluster/admin/admin_stream.hpp"
#include "cluster/admin/drain_gate.hpp"
#include "cluster/bus/bus_health.hpp"
#include "net/http_exchange.hpp"

#include <caf/actor_system.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery {

/// The files of the web console.
struct web_console {
  std::string_view page;
  std::string_view script;
  std::string_view style;
};

/// The service of the admin listener, see docs/admin.md. Queries the nodes
/// outside the loops' threads, and logs every action.
class admin_service final : public http_service {
public:
  /// `home` is the listener's loop, `channels` is that loop's table,
  /// `protocols` are the names of the node's protocols. All references must
  /// outlive the listener's loops.
  admin_service(caf::actor_system& system, const control_actor& control,
                admin_actor admin, admin_guard guard, const bus_health& health,
                const drain_gate& gate, loop& home, channel_table& channels,
                std::vector<std::string_view> protocols, web_console files)
    : system_{system},
      control_{control},
      admin_{std::move(admin)},
      guard_{std::move(guard)},
      health_{health},
      gate_{gate},
      home_{home},
      streams_{system, control, guard_, channels},
      protocols_{std::move(protocols)},
      files_{files} {}

  std::optional<http_response> refuse_body(const http_request& head) override;
  void handle(std::shared_ptr<http_exchange> exchange) override;

private:
  using exchange_ptr = std::shared_ptr<http_exchange>;

  bool serve_file(const exchange_ptr& exchange, std::string_view path) const;
  bool serve_health(const exchange_ptr& exchange, std::string_view path) const;
  void serve_metrics(const exchange_ptr& exchange);
  void serve_api(const exchange_ptr& exchange, std::string_view path);
  void serve_stream(const exchange_ptr& exchange);
  void put(const exchange_ptr& exchange, const admin_route& route);

  caf::actor_system& system_;
  control_actor control_;
  admin_actor admin_;
  const admin_guard guard_;
  const bus_health& health_;
  const drain_gate& gate_;
  loop& home_;
  stream_services streams_;
  const std::vector<std::string_view> protocols_;
  const web_console files_;
};

} // namespace rookery
