#include "bench/limit/redis_link.hpp"

#include "bench/limit/check.hpp"

#include <array>
#include <fcntl.h>
#include <stdexcept>

namespace rookery::limit {

namespace {

template <std::size_t Count>
int append_command(redisContext* context,
                   const std::array<std::string_view, Count>& words) {
  std::array<const char*, Count> data;
  std::array<std::size_t, Count> sizes;
  for (std::size_t i = 0; i < Count; ++i) {
    data[i] = words[i].data();
    sizes[i] = words[i].size();
  }
  return redisAppendCommandArgv(context, static_cast<int>(Count), data.data(),
                                sizes.data());
}

} // namespace

redis_link::redis_link(poller& events, const redis_address& where)
  : events_(events), context_(redisConnect(where.host.c_str(), where.port)) {
  if (!context_)
    throw std::runtime_error{"no memory for a Redis connection"};
  require(context_->err ? REDIS_ERR : REDIS_OK);
  const int flags = check(fcntl(context_->fd, F_GETFL), "fcntl");
  check(fcntl(context_->fd, F_SETFL, flags | O_NONBLOCK), "fcntl");
  context_->flags &= ~REDIS_BLOCK; // else hiredis takes EAGAIN for an error
  events_.add(context_->fd, EPOLLIN, this);
}

void redis_link::append(std::string_view verb, std::string_view channel) {
  require(append_command(context_.get(), std::array{verb, channel}));
  has_unsent_ = true;
}

void redis_link::append(std::string_view verb, std::string_view channel,
                        std::string_view payload) {
  require(append_command(context_.get(), std::array{verb, channel, payload}));
  has_unsent_ = true;
}

void redis_link::flush() {
  if (!has_unsent_)
    return;
  int done = 0;
  require(redisBufferWrite(context_.get(), &done));
  has_unsent_ = !done;
  if (has_unsent_ == is_polled_for_output_)
    return;
  is_polled_for_output_ = has_unsent_;
  events_.change(context_->fd, has_unsent_ ? EPOLLIN | EPOLLOUT : EPOLLIN,
                 this);
}

void redis_link::read(const std::function<void(const redisReply&)>& on_reply) {
  require(redisBufferRead(context_.get()));
  for (;;) {
    void* reply = nullptr;
    require(redisGetReplyFromReader(context_.get(), &reply));
    if (!reply)
      return;
    on_reply(*static_cast<redisReply*>(reply));
    freeReplyObject(reply);
  }
}

void redis_link::require(int status) {
  if (status != REDIS_OK)
    throw std::runtime_error{"Redis: " + std::string{context_->errstr}};
}

} // namespace rookery::limit
