#pragma once

#include "actors/runtime/pinned_actor.hpp"
#include "cluster/bridge/bridge_options.hpp"
#include "cluster/bridge/deafness_probe.hpp"
#include "cluster/bridge/empty_histories.hpp"
#include "cluster/bridge/link_facts.hpp"
#include "cluster/bridge/page_reads.hpp"
#include "cluster/bridge/pending_flushes.hpp"
#include "cluster/bridge/redis_check.hpp"
#include "cluster/bridge/redis_drift.hpp"
#include "cluster/bridge/redis_presence.hpp"
#include "cluster/bridge/redis_requests.hpp"
#include "cluster/bridge/redis_webhooks.hpp"
#include "cluster/bus/bus_health.hpp"
#include "cluster/bus/bus_record.hpp"
#include "cluster/bus/fan_out.hpp"
#include "cluster/bus/spawn_bus.hpp"
#include "cluster/redis/redis_ports.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rookery {

using redis_ports_factory =
  std::function<redis_ports(subscribe_events&, publish_events&)>;

/// The bus of a cluster. It publishes through one link to Redis, subscribes
/// through another, and sends received publications to the channel actors.
/// Lives on the loop of its links. Start it with `spawn_bus`.
class redis_bridge final : public pinned_actor<redis_bridge_actor>,
                           private subscribe_events,
                           private publish_events {
public:
  /// `connect` is called once, in the constructor. `health` must outlive the
  /// bridge. Without `backend` no events are recorded.
  redis_bridge(caf::actor_config& config, const bridge_options& options,
               const redis_ports_factory& connect, bus_health& health,
               std::unique_ptr<webhook_sender> backend = nullptr);

  std::string_view kind() const noexcept override { return "redis_bridge"; }

  behavior_type make_behavior() override;

private:
  /// A channel without subscribers that is still subscribed to.
  struct idle_channel {
    caf::actor_clock::time_point until;
    credit spent;
  };

  void subscribe_link_up() override;
  void subscribe_link_down() override;
  void error_noted(const redis_error& what, std::string_view subject) override;
  void confirmed(std::string_view name) override;
  void denied(std::string_view name) override;
  void received(std::string_view name, std::string_view payload) override;
  void oversized(std::string_view name) override;
  void publish_link_up() override;
  void publish_link_down() override;
  void no_master(std::string_view reason) override;
  void answered(answer_handler& then, const redis_answer& answer) override;

  void add(const want& what);
  void remove(unwant& what);
  caf::typed_response_promise<ok_atom> flush();
  caf::typed_response_promise<ok_atom> retire();
  void tick();
  void judge_probe(std::uint64_t mark);

  void mark_returned(std::string_view text);
  void deliver(std::string_view channel, std::string_view payload);
  void hand_on(const publication_ptr& what);
  void start_probe();
  bool publish_mark(std::uint64_t mark);
  void link_fell();
  bool links_are_up() const noexcept;
  void renew(std::string_view name);
  void drop_idle_channels();
  void renew_empty_histories();
  void answer_retired();
  void plan_tick();

  bus_meters meters() const;
  void describe(snapshot& out) const override;
  void on_exit() override;

  const bridge_options options_;
  const redis_keys names_;
  bus_health& health_;
  redis_ports links_;
  bus_record record_;
  redis_requests requests_;
  redis_check check_;
  page_reads pages_;
  redis_presence presence_;
  std::unique_ptr<redis_webhooks> webhooks_; // null without a backend
  std::vector<caf::typed_response_promise<ok_atom>> retiring_;
  fan_out fan_;
  empty_histories empty_;
  deafness_probe probe_;
  pending_flushes flushes_;
  redis_drift drift_;
  string_map<idle_channel> idle_;
  std::uint64_t last_mark_ = 0;
  gap_reason loss_ = gap_reason::link_lost;
  bool tick_planned_ = false;
  bool has_due_histories_ = false;
  bool is_over_ = false;
  std::uint64_t malformed_ = 0;
};

} // namespace rookery
