#include "cluster/redis/redis_parser.hpp"

#include <new>

namespace rookery {

namespace {

/// Maximum length of a protocol line. The longest are error messages; Redis
/// limits its own to much less.
constexpr std::size_t longest_line = 16 * 1024;

/// Maximum length of the line that holds the length of a text.
constexpr std::size_t longest_length = 24;

/// Bytes for the lengths, types and line ends around the texts of one reply.
constexpr std::size_t overhead = 4 * 1024;

/// Size of an empty buffer that a reader keeps: with less, every read would
/// allocate.
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
  const std::string_view pending{reader_->buf + reader_->pos,
                                 reader_->len - reader_->pos};
  if (pending.size() > bounds_.bytes + overhead)
    return result::too_large;
  // The reader consumes a line as soon as it is complete. So if the pending
  // bytes begin with a complete line, it is the length of a text.
  const auto is_text =
    pending.substr(0, longest_length).find("\r\n") != std::string_view::npos;
  return is_text || pending.size() <= longest_line ? result::need_more
                                                   : result::nonsense;
}

std::string_view redis_parser::complaint() const noexcept {
  switch (reply_.refused()) {
  case redis_reply::refusal::none:
    break;
  case redis_reply::refusal::type:
    return "not the Redis protocol";
  default:
    return "reply over its limits";
  }
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
