#pragma once

#include "bench/limit/poller.hpp"

#include <hiredis/hiredis.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace rookery::limit {

/// The address of redis-server.
struct redis_address {
  std::string host;
  std::uint16_t port;
};

/// One bare hiredis context in our epoll set. A lost connection ends the
/// server: every member function then throws `std::runtime_error`.
class redis_link {
public:
  /// Connects, blocking. Events of the socket carry `this`.
  redis_link(poller& events, const redis_address& where);

  redis_link(const redis_link&) = delete;
  redis_link& operator=(const redis_link&) = delete;

  /// Queues a command until `flush`.
  void append(std::string_view verb, std::string_view channel);
  void append(std::string_view verb, std::string_view channel,
              std::string_view payload);

  /// Writes queued commands, with one system call if the socket takes them all.
  void flush();

  /// Reads once and returns all complete replies through the handler.
  void read(const std::function<void(const redisReply&)>& on_reply);

private:
  void require(int status);

  struct freeing {
    void operator()(redisContext* context) const { redisFree(context); }
  };

  poller& events_;
  std::unique_ptr<redisContext, freeing> context_;
  bool has_unsent_ = false;
  bool is_polled_for_output_ = false;
};

} // namespace rookery::limit
