#pragma once

#include "actors/message/client_events.hpp"
#include "actors/text/string_map.hpp"
#include "cluster/memory/memory_webhook_store.hpp"
#include "cluster/webhooks/webhook_delivery.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace rookery {

/// The events of one in-process bus: records, stores and delivers them. For the
/// thread of the bus.
class local_webhooks {
public:
  using time_point = webhook_delivery::time_point;

  /// Time after which a channel without subscribers is vacated.
  static constexpr std::chrono::milliseconds vacate_delay{1'000};

  /// `name` is the node's name for the backend.
  local_webhooks(
    std::string name, std::unique_ptr<webhook_sender> backend,
    webhook_delivery::clock now,
    memory_webhook_store::limits bounds = memory_webhook_store::limits{});

  /// Note that the channel has subscribers, or none any more.
  void occupy(std::string_view channel);
  void vacate(std::string_view channel);

  void leave(const client_left& what);

  /// Does the work that is due. Call it often until `is_done`.
  void tick();

  /// Vacates channels without subscribers at once, as the node ends.
  void vacate_now();

  /// Returns true if every event is delivered and no channel waits to be
  /// vacated.
  bool is_done() const noexcept;

  /// Adds the counters to the bus's snapshot.
  void describe(snapshot& out) const;

private:
  void record(std::string_view id, std::string text);
  void vacate_until(time_point end);

  const std::string name_;
  const webhook_delivery::clock now_;
  const std::unique_ptr<webhook_sender> backend_;
  memory_webhook_store store_;
  webhook_delivery delivery_;
  string_map<time_point> idle_; // when to vacate
};

} // namespace rookery
