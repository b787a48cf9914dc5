#pragma once

#include "cluster/redis/publish_window.hpp"
#include "cluster/redis/redis_link.hpp"
#include "cluster/redis/redis_ports.hpp"

#include <cstdint>
#include <deque>

namespace rookery {

/// The connection that publishes: Redis answers its commands in order, one
/// reply to each.
class redis_publish_link final : public redis_link, public publish_port {
public:
  /// `events` must live until `stop`.
  redis_publish_link(io_loop& loop, const redis_options& options,
                     publish_events& events, std::function<double()> random);

  void start() override { begin(); }

  void stop() override { end(); }

  void drop(std::string_view reason) override { lost(reason); }

  link_state state() const noexcept override { return current(); }

  std::uint64_t failures() const noexcept override { return losses(); }

  std::optional<publish_problem> publish(std::string_view name,
                                         std::string_view payload,
                                         std::uint64_t ticket) override;

  std::optional<publish_problem> call(std::string_view command,
                                      std::uint64_t ticket) override;

  std::size_t unanswered() const noexcept override { return window_.size(); }

  std::size_t unanswered_bytes() const noexcept override {
    return window_.bytes();
  }

private:
  void forget() override;
  void send(arguments command) override;

  void prepare() override;

  void went_up() override { events_.publish_link_up(); }

  void went_down() override;
  bool is_overdue() override;
  void replied(const redis_reply& reply) override;

  void handle_plain(const redis_reply& reply);
  void handle_loaded(const redis_reply& reply);
  void handle_answer(const redis_reply& reply);
  bool has_room_for(std::size_t bytes, publish_problem& problem) const;
  void await(std::uint64_t ticket, std::size_t bytes, bool is_call);

  publish_events& events_;
  publish_window window_;
  /// Commands sent and replies seen on this connection.
  std::uint64_t sent_ = 0;
  std::uint64_t answered_ = 0;
  /// Which of the commands not yet answered are no PUBLISH.
  std::deque<std::uint64_t> plain_;
  /// Scripts whose loading is not answered yet.
  std::size_t loading_ = 0;
  bool has_scripts_ = false;
};

} // namespace rookery
