#pragma once

#include "cluster/redis/redis_reply.hpp"

#include <hiredis/read.h>

#include <memory>
#include <string>
#include <string_view>

namespace rookery {

/// Turns the bytes of one connection into replies, with bounded memory whatever
/// comes. Use a fresh one for every connection.
class redis_parser {
public:
  enum class result : std::uint8_t { reply, need_more, nonsense, too_large };

  explicit redis_parser(redis_reply::limits bounds);

  /// Takes more bytes; call `next` until it asks for more before the next
  /// `feed`. At most 16 KiB at a time keep the reader's copying cheap.
  void feed(std::string_view bytes);

  /// Returns `reply` when `current` holds the next one. After `nonsense` or
  /// `too_large` the connection is of no use any more.
  result next();

  const redis_reply& current() const noexcept { return reply_; }

  /// Why `next` said `nonsense`, without any bytes that came.
  std::string_view complaint() const noexcept;

private:
  /// Judges the collected bytes that are no reply yet. Lines of protocol are
  /// short and texts have a limit; hiredis alone would collect without end.
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
