#include "cluster/redis/redis_parser.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace rookery {

namespace {

/// Longest line of protocol: an error message. Redis cuts its own far below.
constexpr std::size_t longest_line = 16 * 1024;

/// Digits of the length of a text, its end of line included.
constexpr std::size_t longest_length = 24;

/// Lengths, types and ends of lines around the texts of one reply.
constexpr std::size_t overhead = 4 * 1024;

/// Empty buffer a reader keeps: below it every read would allocate.
constexpr std::size_t kept_buffer = 128 * 1024;

} // namespace

redis_parser::redis_parser(redis_reply::limits bounds)
  : bounds_{bounds},
    reply_{bounds},
    reader_{redisReaderCreateWithFunctions(redis_reply::functions())} {
  if (reader_ == nullptr)
    throw std::bad_alloc{};
  reader_->privdata = &reply_;
  reader_->maxbuf = kept_buffer;
}

void redis_parser::feed(std::string_view bytes) {
  redisReaderFeed(reader_.get(), bytes.data(), bytes.size());
}

redis_parser::result redis_parser::next() {
  void* reply = nullptr;
  if (redisReaderGetReply(reader_.get(), &reply) != REDIS_OK)
    return reply_.refused() == redis_reply::refusal::bytes ? result::too_large
                                                           : result::nonsense;
  if (reply != nullptr)
    return result::reply;
  return judge_pending();
}

redis_parser::result redis_parser::judge_pending() const noexcept {
  const auto pending = reader_->len - reader_->pos;
  if (pending > bounds_.bytes + overhead)
    return result::too_large;
  if (pending <= longest_length || reader_->ridx < 0)
    return result::need_more;
  const auto type = reader_->rstack[reader_->ridx].type;
  if (type != REDIS_REPLY_STRING)
    return pending > longest_line ? result::nonsense : result::need_more;
  const auto* begin = reader_->buf + reader_->pos;
  return std::memchr(begin, '\n', longest_length) != nullptr ? result::need_more
                                                             : result::nonsense;
}

std::string_view redis_parser::complaint() const noexcept {
  if (reply_.refused() != redis_reply::refusal::none)
    return "reply over its limits";
  switch (reader_->err) {
  case REDIS_ERR_PROTOCOL:
    return "not the Redis protocol";
  case REDIS_ERR_OOM:
    return "no memory for the reply";
  default:
    return "endless line";
  }
}

} // namespace rookery
