#pragma once

#include "actors/client_events.hpp"
#include "actors/string_map.hpp"
#include "cluster/event_courier.hpp"
#include "cluster/memory_event_store.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace rookery {

/// The events of one in-process bus: recorded, kept and delivered. For the
/// thread of the bus.
class local_events {
public:
  using time_point = event_courier::time_point;

  /// A channel without subscribers is vacated after this long.
  static constexpr std::chrono::milliseconds vacate_delay{1'000};

  /// `name` names the node for the backend.
  local_events(std::string name, std::unique_ptr<event_sender> backend,
               event_courier::clock now,
               memory_event_store::limits most = memory_event_store::limits{});

  /// The channel has a subscriber, and has none any more.
  void occupy(std::string_view channel);
  void vacate(std::string_view channel);

  void leave(const client_left& what);

  /// Call often until `is_done`.
  void tick();

  /// Nobody will come back: channels without subscribers are vacated at once.
  void vacate_now();

  /// Every event is delivered and none is due.
  bool is_done() const noexcept;

  /// Adds the counters to the bus's snapshot.
  void describe(snapshot& out) const;

private:
  void record(std::string_view type, std::string_view id, std::string text);
  void vacate_until(time_point end);

  const std::string name_;
  const event_courier::clock now_;
  const std::unique_ptr<event_sender> backend_;
  memory_event_store store_;
  event_courier courier_;
  string_map<time_point> idle_; // when to vacate
};

} // namespace rookery
