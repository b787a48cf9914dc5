#pragma once

#include "bench/limit/redis_link.hpp"

namespace rookery::limit {

/// Receives messages from Redis.
struct bus_events {
  std::function<void(std::string_view channel)> on_subscribed;
  std::function<void(std::string_view channel, std::string_view payload)>
    on_message;
};

/// Publishes to Redis on one link and subscribes on another. Throws if a link
/// does.
class redis_bus {
public:
  redis_bus(poller& events, const redis_address& where, bus_events handlers);

  void publish(std::string_view channel, std::string_view payload);
  void subscribe(std::string_view channel);
  void unsubscribe(std::string_view channel);

  /// Writes the commands of the turn, with one system call per link.
  void flush();

  /// Handles an event if `owner` is one of the two links.
  bool handle(void* owner, std::uint32_t events);

private:
  void heard(const redisReply& reply) const;

  bus_events handlers_;
  redis_link publisher_;
  redis_link subscriber_;
};

} // namespace rookery::limit
