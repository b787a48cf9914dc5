#pragma once

#include "cluster/admin/drain_gate.hpp"
#include "cluster/bus/bus_health.hpp"
#include "cluster/node/node_loop.hpp"
#include "cluster/node/protocol.hpp"
#include "configs/settings.hpp"
#include "net/http_exchange.hpp"
#include "net/peers/client_gate.hpp"
#include "net/peers/origin_policy.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace rookery {

/// Answers the requests of clients: the paths of the protocols, /pub, /api,
/// /health, /ready, and the demo page if it is enabled.
class front_service final : public http_service {
public:
  /// Takes `node_loops` by loop index, each with a starter per protocol. All
  /// references must outlive the loops' run.
  front_service(const settings& config, protocol_table protocols,
                std::vector<node_loop*> node_loops, const bus_health& health,
                const drain_gate& gate, client_gate& peers,
                std::string_view demo_page);

  std::optional<http_response> refuse_body(const http_request& head) override;
  void handle(std::shared_ptr<http_exchange> exchange) override;
  http_response answer_surplus(const http_request& request) const override;

private:
  using exchange_ptr = std::shared_ptr<http_exchange>;

  /// Returns false if no protocol of this node has that path.
  bool start_client(const exchange_ptr& exchange, std::string_view path);
  void publish(const exchange_ptr& exchange, std::string_view name);
  void serve_api(const exchange_ptr& exchange, std::string_view method);
  void serve_page(const exchange_ptr& exchange, http_response page) const;
  /// Returns nullopt if no page about the node's health has that path.
  std::optional<http_response> health_page_at(std::string_view path) const;
  std::optional<http_response> refuse_key(const http_request& request) const;
  std::optional<http_response> refuse_publish(const http_request& request,
                                              std::string_view name) const;
  std::optional<http_response> refuse_api(const http_request& request,
                                          std::string_view method) const;
  std::optional<http_response> refuse_path(const http_request& request) const;

  /// Counts a client whose address a proxy has told.
  std::variant<counted_place, http_response> count(const http_request& request,
                                                   io_loop& loop);
  http_response health_page(bool good, std::string_view name) const;
  void answer(const exchange_ptr& exchange, http_response response) const;
  node_loop& node_loop_of(const exchange_ptr& exchange) const;

  const settings& config_;
  const protocol_table protocols_;
  const bool is_exposed_;
  std::vector<node_loop*> node_loops_;
  const bus_health& health_;
  const drain_gate& gate_;
  client_gate& peers_;
  std::string_view demo_page_;
  origin_policy origins_;
};

} // namespace rookery
