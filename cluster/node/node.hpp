#pragma once

#include "actors/runtime/wall_clock.hpp"
#include "actors/token_verifier.hpp"
#include "cluster/admin/admin_service.hpp"
#include "cluster/admin/drain_gate.hpp"
#include "cluster/bus/bus_health.hpp"
#include "cluster/control/cluster_control.hpp"
#include "cluster/node/front_service.hpp"
#include "cluster/node/node_loop.hpp"
#include "cluster/node/protocols.hpp"
#include "configs/settings.hpp"
#include "net/listener.hpp"

#include <caf/actor_system.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rookery {

/// One node: its loops, its bus, its listeners. Main thread only.
class node {
public:
  /// `config` has been checked. `name` is the node's name for people. All
  /// references and `protocols` must outlive the node.
  node(caf::actor_system& system, const settings& config, std::string name,
       const token_verifier& tokens, std::string_view demo_page,
       const web_console& admin_page,
       protocol_table protocols = all_protocols());

  ~node();

  node(const node&) = delete;
  node& operator=(const node&) = delete;

  /// Starts loops and listeners. Returns an error text on failure.
  std::optional<std::string> start();

  /// Ends the node: refuses new clients, delivers accepted publications, tells
  /// every client to come back, and stops, within `node.drain-timeout`.
  void drain();

private:
  using clock = std::chrono::steady_clock;

  std::optional<std::string> listen();
  std::optional<std::string> listen_for_admin();
  void start_control(const control_options& options, node_loop& home);
  admin_actor start_admin(const std::string& id, node_loop& home);
  /// Returns false if a bus did not confirm within its share of the time left.
  template <class Question>
  bool ask_buses(Question what, clock::time_point deadline);
  void finish_reading(clock::time_point deadline);
  /// Sends clients away at a pace that leaves time for their answers.
  void send_clients_away(clock::time_point deadline);
  void close_sessions(clock::time_point deadline);
  void stop_actors();
  std::size_t sockets() const;
  void on_every_loop(const std::function<void(node_loop&)>& task);

  caf::actor_system& system_;
  const settings& config_;
  const session_limits limits_;
  output_budget budget_;
  const namespaces names_;
  const system_wall_clock clock_;
  bus_health health_;
  drain_gate gate_;
  std::vector<std::unique_ptr<node_loop>> node_loops_;
  std::unique_ptr<bus_directory> buses_;
  std::unique_ptr<front_service> service_;
  std::vector<std::unique_ptr<listener>> listeners_;
  actor_ref<control_actor> control_;
  actor_ref<drain_actor> drain_;
  admin_actor admin_;
  std::unique_ptr<admin_service> admin_service_;
  std::unique_ptr<listener> admin_listener_;
  bool running_ = false;
};

} // namespace rookery
