#pragma once

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

  std::string_view last_failure() const noexcept override { return {}; }

  const redis_errors& errors() const noexcept override { return errors_; }

  std::optional<publish_problem> publish(std::string_view, std::string_view,
                                         answer_handler&) override {
    return publish_problem::rejected;
  }

  std::optional<publish_problem> call(std::string_view command,
                                      answer_handler& then) override {
    if (!is_up)
      return publish_problem::bus_down;
    commands_.push_back({std::string{command}, std::move(then)});
    return std::nullopt;
  }

  std::optional<publish_problem> ask(std::string_view command,
                                     answer_handler& then) override {
    return call(command, then);
  }

  std::string_view script_refusal() const noexcept override { return {}; }

  std::string_view run() const noexcept override { return {}; }

  void note(const redis_error& what, std::string_view subject) override {
    errors_.note(what, subject);
  }

  std::size_t unanswered() const noexcept override { return commands_.size(); }

  std::size_t unanswered_bytes() const noexcept override { return 0; }

  /// Sends commands, and those that their answers cause, until none is left.
  void settle() {
    while (!commands_.empty()) {
      auto next = std::exchange(commands_, {});
      for (auto& [command, then] : next) {
        const auto& reply = client_.call(command);
        if (reply.type(0) == redis_reply::kind::error)
          then({publish_verdict::refused, publish_problem::rejected, &reply});
        else
          then({.reply = &reply});
      }
    }
  }

  /// Breaks the link: commands under way were `carried` or not, and get no
  /// answer.
  void fall(bool carried) {
    is_up = false;
    for (auto& [command, then] : std::exchange(commands_, {})) {
      if (carried)
        client_.call(command);
      then({publish_verdict::unknown, publish_problem::link_lost});
    }
  }

  bool is_up = true;

private:
  redis_client client_;
  redis_errors errors_{"manual"};

  struct pending {
    std::string command;
    answer_handler then;
  };

  std::vector<pending> commands_;
};

} // namespace rookery::test
