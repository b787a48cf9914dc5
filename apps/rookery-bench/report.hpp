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

/// The results of a run. Times are in nanoseconds.
struct findings {
  /// The costs of one phase of the run.
  struct stretch {
    std::uint64_t time = 0;
    std::uint64_t server_cpu = 0;
    std::uint64_t own_cpu = 0;
    std::uint64_t published = 0;
    std::uint64_t delivered = 0;
  };

  fleet::counts connections;
  stretch connecting;
  /// The measured phase: publishing, or idling if there are no publishers.
  stretch measured;
  /// Costs of Redis during the measured phase, if asked for.
  std::optional<redis_usage> redis;
  /// Time from the first reconnect to the last missed delivery.
  stretch recovering;
  std::uint64_t recovered_clients = 0;
  std::optional<redis_usage> redis_recovering;
  ledger::totals totals;
  histogram latency;
  server_usage before;
  /// Resources at rest with all connections; after a churn, without them.
  server_usage after;
};

nlohmann::json to_json(const options& asked, const findings& found);
std::string to_text(const nlohmann::json& report);

} // namespace rookery::bench
