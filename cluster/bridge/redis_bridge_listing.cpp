// The part of the class redis_bridge that operators see.
#include "cluster/bridge/link_facts.hpp"
#include "cluster/bridge/redis_bridge.hpp"

#include <chrono>

namespace rookery {

bus_meters redis_bridge::meters() const {
  auto result = record_.meters;
  result.dropped = fan_.dropped();
  result.redis = link_meters(links_);
  result.redis->probe_misses = probe_.missed();
  result.redis->probe_round_trip = probe_.round_trip();
  return result;
}

void redis_bridge::describe(snapshot& out) const {
  pinned_actor::describe(out);
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.queue_bytes = links_.publish->unanswered_bytes() + fan_.backlog_bytes();
  out.add_flag("ready", health_.is_ready());
  out.add("channels", number(fan_.size()));
  describe_links(links_, out);
  out.add("probe_round_trip_us", number(probe_.round_trip().count()));
  out.add("probe_misses", number(probe_.missed()));
  out.add("probe_age_ms",
          std::chrono::floor<std::chrono::milliseconds>(
            probe_.age(const_cast<redis_bridge*>(this)->clock().now()))
            .count());
  out.add("received", number(record_.meters.received));
  out.add("malformed", number(malformed_));
  check_.describe(out);
  requests_.describe(out);
  pages_.describe(out);
  empty_.describe(out);
  presence_.describe(out);
  if (webhooks_)
    webhooks_->describe(out);
  fan_.describe(out);
}

} // namespace rookery
