#pragma once

#include "cluster/publish_window.hpp"
#include "cluster/redis_async_adapter.hpp"
#include "cluster/redis_link.hpp"
#include "cluster/redis_ports.hpp"

#include <memory>
#include <string>

namespace rookery {

/// The connection that publishes: a redisAsyncContext whose replies are bounded
/// and belong to a command each.
class redis_publish_link final : public redis_link,
                                 public publish_port,
                                 private redis_async_adapter::listener {
public:
  /// `events` must live until `stop`.
  redis_publish_link(boost::asio::io_context& io, const redis_options& options,
                     publish_events& events, std::function<double()> random);

  void start() override { begin(); }

  void stop() override { end(); }

  void drop(std::string_view reason) override { lost(reason); }

  link_state state() const noexcept override { return current(); }

  std::uint64_t failures() const noexcept override { return losses(); }

  std::optional<publish_problem> publish(std::string_view name,
                                         std::string_view payload,
                                         std::uint64_t ticket) override;

  std::size_t unanswered() const noexcept override { return window_.size(); }

  std::size_t unanswered_bytes() const noexcept override {
    return window_.bytes();
  }

private:
  void connect(const tcp::endpoint& where) override;
  void disconnect() override;
  void send(arguments command) override;

  void prepare() override { ready(); }

  void went_up() override { events_.publish_link_up(); }

  void went_down() override;
  bool is_overdue() override;
  void handled_io() override;

  /// The callback of hiredis for a command whose reply is for `Handle`.
  template <void (redis_publish_link::*Handle)(const redis_reply&)>
  static void answered_with(redisAsyncContext* context, void* reply, void*);

  bool append(arguments command, redisCallbackFn* callback);
  void handle_plain(const redis_reply& reply);
  void handle_publish(const redis_reply& reply);
  const redis_reply& arrived(void* reply);
  void fail_all();

  publish_events& events_;
  publish_window window_;
  redis_reply reply_;
  std::shared_ptr<redis_async_adapter> adapter_;
  /// Why the connection is of no use any more; acted upon outside of hiredis.
  std::string fault_;
  std::size_t awaited_ = 0;
  std::size_t unsent_ = 0;
};

} // namespace rookery
