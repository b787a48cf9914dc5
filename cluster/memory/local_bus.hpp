#pragma once

#include "actors/runtime/pinned_actor.hpp"
#include "cluster/bus/bus_record.hpp"
#include "cluster/bus/fan_out.hpp"
#include "cluster/bus/spawn_bus.hpp"
#include "cluster/memory/local_webhooks.hpp"
#include "cluster/memory/presence_store.hpp"
#include "cluster/memory/stream_store.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace rookery {

/// Limits of one in-process bus.
struct local_bus_limits {
  /// See `fan_out`.
  std::size_t backlog = 8 * 1024 * 1024;
  stream_limits streams{64 * 1024 * 1024, 100'000, 100'000};
};

/// The bus of a node without Redis. There is one per loop, for the channels
/// that `bus_directory::owner_of` assigns to it. It gives each of its channels
/// one order on all loops, and keeps their histories and presence in memory
/// until the node ends. Start it with `spawn_bus`.
class local_bus final : public pinned_actor<bus_actor> {
public:
  /// Without `backend` there are no events. `name` is the node's name in
  /// events.
  explicit local_bus(caf::actor_config& config,
                     const local_bus_limits& limits = {},
                     const std::string& name = {},
                     std::unique_ptr<webhook_sender> backend = nullptr);

  std::string_view kind() const noexcept override { return "local_bus"; }

  behavior_type make_behavior() override;

private:
  using clock = std::chrono::steady_clock;

  void publish(const publish_command& command);
  void hand_on(const publication_ptr& what, clock::time_point now);
  void add(const want& what);
  void remove(const unwant& what);
  void read(history_query& query);
  void forget(const history_removal& what);
  void enter(const presence_enter& what);
  void leave(const presence_leave& what);
  void list(presence_query& query);
  caf::typed_response_promise<ok_atom> retire();
  void answer_retired();
  void answer(const publish_outcome& outcome);
  void tick();
  void plan_tick();
  void describe(snapshot& out) const override;
  void on_exit() override;

  bus_record record_;
  fan_out fan_;
  stream_store streams_;
  presence_store presence_;
  std::unique_ptr<local_webhooks> events_; // null without a backend
  std::vector<caf::typed_response_promise<ok_atom>> retiring_;
  bool tick_planned_ = false;
};

} // namespace rookery
