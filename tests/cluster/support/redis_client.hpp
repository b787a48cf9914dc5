#pragma once

#include "cluster/redis/redis_command.hpp"
#include "cluster/redis/redis_parser.hpp"

#include <hiredis/hiredis.h>

#include <array>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

namespace rookery::test {

/// One blocking connection to a redis-server, with replies parsed as on the
/// node's links. Throws if nothing arrives within 10 s.
class redis_client {
public:
  explicit redis_client(std::uint16_t port)
    : context_{::redisConnectWithTimeout("127.0.0.1", port, {5, 0})},
      parser_{limits()} {
    if (context_ == nullptr || context_->err != 0)
      throw std::runtime_error{"no connection to redis-server"};
    ::redisSetTimeout(context_, {10, 0});
  }

  redis_client(const redis_client&) = delete;
  redis_client& operator=(const redis_client&) = delete;

  ~redis_client() { ::redisFree(context_); }

  /// Sends encoded bytes: one command or several.
  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent =
        ::send(context_->fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0)
        throw std::runtime_error{"redis-server takes nothing"};
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// The next reply, valid until the next call.
  const redis_reply& next() {
    for (;;) {
      const auto result = parser_.next();
      if (result == redis_parser::result::reply)
        return parser_.current();
      if (result != redis_parser::result::need_more)
        throw std::runtime_error{"reply refused"};
      const auto size = ::recv(context_->fd, input_.data(), input_.size(), 0);
      if (size <= 0)
        throw std::runtime_error{"redis-server is silent"};
      parser_.feed({input_.data(), static_cast<std::size_t>(size)});
    }
  }

  const redis_reply& call(std::string_view bytes) {
    send(bytes);
    return next();
  }

  const redis_reply& run(const std::vector<std::string_view>& words) {
    std::string bytes;
    append_redis_command(bytes, words);
    return call(bytes);
  }

private:
  static redis_reply::limits limits() {
    redis_reply::limits result;
    result.elements = 4096;
    result.depth = 2;
    return result;
  }

  redisContext* context_;
  redis_parser parser_;
  std::array<char, 16 * 1024> input_;
};

} // namespace rookery::test
