#pragma once

#include "cluster/bridge/redis_requests.hpp"
#include "cluster/redis/redis_ports.hpp"
#include "tests/cluster/support/redis_client.hpp"

#include <string>
#include <utility>
#include <vector>

namespace rookery::test {

/// A publish link to a real Redis that sends commands and answers when the test
/// says so, in the test's thread.
class manual_redis final : public publish_port {
public:
  explicit manual_redis(std::uint16_t port) : client_{port} {}

  void start() override {}

  void stop() override {}

  void drop(std::string_view) override {}

  link_state state() const noexcept override {
    return is_up ? link_state::up : link_state::waiting;
  }

  std::uint64_t failures() const noexcept override { return 0; }

  std::optional<publish_problem> publish(std::string_view, std::string_view,
                                         std::uint64_t) override {
    return publish_problem::rejected;
  }

  std::optional<publish_problem> call(std::string_view command,
                                      std::uint64_t) override {
    if (!is_up)
      return publish_problem::bus_down;
    commands_.emplace_back(command);
    return std::nullopt;
  }

  std::size_t unanswered() const noexcept override { return commands_.size(); }

  std::size_t unanswered_bytes() const noexcept override { return 0; }

  /// Sends commands, and those that their answers cause, until none is left.
  void settle(redis_requests& desk) {
    while (!commands_.empty()) {
      auto next = std::exchange(commands_, {});
      for (const auto& command : next) {
        const auto& reply = client_.call(command);
        if (reply.type(0) == redis_reply::kind::error)
          desk.answered(publish_verdict::refused, publish_problem::rejected);
        else
          desk.replied(reply);
      }
    }
  }

  /// Breaks the link: commands under way were `carried` or not, and get no
  /// answer.
  void fall(redis_requests& desk, bool carried) {
    is_up = false;
    for (const auto& command : std::exchange(commands_, {})) {
      if (carried)
        client_.call(command);
      desk.answered(publish_verdict::unknown, publish_problem::link_lost);
    }
  }

  bool is_up = true;

private:
  redis_client client_;
  std::vector<std::string> commands_;
};

} // namespace rookery::test
