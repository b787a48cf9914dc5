#pragma once

#include "actors/channel/bus_access.hpp"
#include "actors/runtime/pinned_actor.hpp"
#include "net/http_exchange.hpp"

#include <memory>
#include <unordered_map>
#include <vector>

namespace rookery {

/// The actor that publishes for the HTTP requests of one loop. Answers each
/// request once the bus has reported the outcome.
class http_publisher final : public pinned_actor<publisher_actor> {
public:
  http_publisher(caf::actor_config& config, bus_access& bus);

  std::string_view kind() const noexcept override { return "publisher"; }

  behavior_type make_behavior() override;

  /// Loop thread: publishes the body of `exchange` on `channel`. The answer
  /// carries `fields`.
  void publish(std::shared_ptr<http_exchange> exchange,
               std::string_view channel, std::vector<http_field> fields);

private:
  struct pending {
    std::shared_ptr<http_exchange> exchange;
    std::vector<http_field> fields;
  };

  void end(const publish_outcome& result);
  void describe(snapshot& out) const override;
  void on_exit() override;

  bus_access& bus_;
  std::unordered_map<std::uint64_t, pending> pending_;
  std::uint64_t ticket_ = 0;
};

} // namespace rookery
