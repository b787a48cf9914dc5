#pragma once

#include "bench/limit/listen.hpp"
#include "bench/limit/redis_bus.hpp"
#include "bench/limit/turn_frames.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace rookery::limit {

/// The loop: reads all arrived bytes, then sends each member of each channel
/// all frames of the turn. One thread; throws if it cannot continue.
class server {
public:
  /// Blocks SIGTERM and SIGINT for the process, listens, connects to Redis.
  server(std::uint16_t port, const std::optional<redis_address>& redis);

  server(const server&) = delete;
  server& operator=(const server&) = delete;

  std::uint16_t port() const { return port_of(listener_); }

  /// Returns after SIGTERM or SIGINT.
  void run();

private:
  void handle(const epoll_event& event);
  void accept_all();
  void receive(member& from);
  void upgrade(member& who, std::span<char> bytes);
  void enter(member& who, std::string_view name);
  void take_frames(member& from, std::span<char> bytes);
  void publish(channel& where, const client_frame& frame);
  void confirm(std::string_view name);
  void fan_out();
  void send_later_part(member& to);
  void poll_for_output(member& to);
  void doom(member& who);
  void bury();

  poller poller_;
  descriptor signals_;
  descriptor listener_;
  std::unique_ptr<redis_bus> bus_; // null without Redis
  std::vector<std::unique_ptr<member>> members_;
  channel_table channels_;
  turn_frames frames_;
  std::vector<member*> dead_;
  std::vector<char> input_; // bytes of one read, shared by all members
  bool is_running_ = true;
};

} // namespace rookery::limit
