#pragma once

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/runtime/loop.hpp"
#include "cluster/api/http_publisher.hpp"
#include "cluster/api/server_api.hpp"
#include "cluster/hooks/loop_hooks.hpp"
#include "cluster/node/protocol.hpp"
#include "net/io_loop.hpp"

#include <memory>
#include <vector>

namespace rookery {

/// The parts of a node that exist once per loop.
class node_loop final : client_counter, tick_source {
public:
  /// All references must outlive the node_loop.
  node_loop(caf::actor_system& system, unsigned index,
            const session_limits& limits, memory_budget& output,
            const client_credits::limits& credit)
    : credits{credit, [this] { io.post([this] { credits.hand_out(); }); },
              this},
      io{index, limits, output},
      actors{system, io, index} {}

  /// Completes the node_loop once the buses are known; call before `io` runs.
  /// All references must outlive it.
  void connect(const bus_directory& buses, const namespaces& names,
               const wall_clock& clock);

  /// Makes the starters of `protocols`; call after `connect`. Uses the backends
  /// of the settings, which have been checked.
  void speak(protocol_table protocols, const protocol_context& node);

  /// Opens the server API; call after `connect`. `names` must outlive the
  /// node_loop.
  void serve_api(const namespaces& names, actor_ref<control_actor> control);

  /// Counts connections by address and user; call after `connect`. Both must
  /// outlive the node_loop.
  void count_clients(address_book& addresses, user_book& users);

  /// Ends the actors that `connect` and `serve_api` started. Loop thread only.
  void quit();

  // First: credits come back until the loop is gone.
  client_credits credits;
  io_loop io;
  loop actors;
  std::unique_ptr<channel_table> channels;
  std::unique_ptr<bus_access> bus;
  std::unique_ptr<loop_services> services;
  std::unique_ptr<loop_hooks> hooks;
  /// The starters by line of the table; null if the settings disable the
  /// protocol.
  std::vector<std::unique_ptr<protocol_starter>> starters;
  http_publisher* publisher = nullptr;
  actor_ref<publisher_actor> publisher_ref;
  server_api* api = nullptr; ///< null: closed
  actor_ref<api_actor> api_ref;
  actor_ref<loop_commands_actor> commands;
  actor_ref<loop_actor> reporter;

private:
  bool note_bad_token(std::string_view address) override;
  void note_full_user() override;

  // tick_source
  time_point now() const noexcept override { return io.wheel().time(); }

  void await_tick() override;

  /// Wakes the clients that wait for their rates.
  class alarm final : public wheel_entry {
  public:
    explicit alarm(client_rates& rates) noexcept : rates_{rates} {}

    ~alarm() { timer_wheel::cancel(*this); }

  private:
    void expire() override { rates_.tick(); }

    client_rates& rates_;
  };

  alarm alarm_{credits.rates};
};

} // namespace rookery
