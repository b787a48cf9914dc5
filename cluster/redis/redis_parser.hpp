#pragma once

#include "cluster/redis/redis_reply.hpp"

#include <hiredis/read.h>

#include <memory>
#include <string>
#include <string_view>

namespace rookery {

/// A parser that turns the bytes of one connection into replies. Its memory is
/// bounded for any input. Use a new object for every connection.
class redis_parser {
public:
  enum class result : std::uint8_t { reply, need_more, nonsense, too_large };

  explicit redis_parser(redis_reply::limits bounds);

  /// Adds more bytes. Before the next `feed`, call `next` until it returns
  /// `need_more`. Pass at most 16 KiB at a time, so that the reader copies
  /// little.
  void feed(std::string_view bytes);

  /// Returns `reply` if `current` holds the next reply. After `nonsense` or
  /// `too_large` the connection cannot be used any more.
  result next();

  const redis_reply& current() const noexcept { return reply_; }

  /// The reason why `next` returned `nonsense`, without any received bytes.
  std::string_view complaint() const noexcept;

private:
  /// Checks the collected bytes that do not form a reply yet. Protocol lines
  /// are short and texts are limited; hiredis alone would collect bytes without
  /// limit.
  result judge_pending() const noexcept;

  struct deleter {
    void operator()(redisReader* reader) const noexcept {
      redisReaderFree(reader);
    }
  };

  redis_reply::limits bounds_;
  redis_reply reply_;
  std::unique_ptr<redisReader, deleter> reader_;
};

} // namespace rookery
