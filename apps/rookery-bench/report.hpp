#pragma once

#include "apps/rookery-bench/fleet.hpp"
#include "apps/rookery-bench/ledger.hpp"
#include "apps/rookery-bench/options.hpp"
#include "apps/rookery-bench/redis_usage.hpp"
#include "apps/rookery-bench/server_usage.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace rookery::bench {

/// What a run found out. Times are nanoseconds.
struct findings {
  /// What a stretch of the run took.
  struct stretch {
    std::uint64_t time = 0;
    std::uint64_t server_cpu = 0;
    std::uint64_t own_cpu = 0;
    std::uint64_t published = 0;
    std::uint64_t delivered = 0;
  };

  fleet::counts connections;
  stretch connecting;
  /// The measured part: publishing, or idling where nobody publishes.
  stretch measured;
  /// Of Redis while it was measured, if asked for.
  std::optional<redis_usage> redis;
  /// From the first reconnect to the last missed delivery.
  stretch recovering;
  std::uint64_t recovered_clients = 0;
  std::optional<redis_usage> redis_recovering;
  ledger::totals totals;
  histogram latency;
  server_usage before;
  /// At rest with all connections; after a churn, without them.
  server_usage after;
};

nlohmann::json to_json(const options& asked, const findings& found);
std::string to_text(const nlohmann::json& report);

} // namespace rookery::bench
