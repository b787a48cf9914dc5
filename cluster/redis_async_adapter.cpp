#include "cluster/redis_async_adapter.hpp"

#include <boost/asio/defer.hpp>

#include <csignal>
#include <utility>

namespace rookery {

namespace {

/// hiredis writes without MSG_NOSIGNAL: a Redis that hangs up would end us.
void ignore_broken_pipes() {
  static const auto done = std::signal(SIGPIPE, SIG_IGN);
  static_cast<void>(done);
}

} // namespace

std::shared_ptr<redis_async_adapter>
redis_async_adapter::attach(boost::asio::io_context& io,
                            redisAsyncContext& context, listener& events) {
  ignore_broken_pipes();
  std::shared_ptr<redis_async_adapter> result{
    new redis_async_adapter{io, context, events}};
  auto& hooks = context.ev;
  hooks.data = result.get();
  hooks.addRead = [](void* self) { from(self).want_read(); };
  hooks.delRead = [](void* self) { from(self).reading_ = false; };
  hooks.addWrite = [](void* self) { from(self).want_write(); };
  hooks.delWrite = [](void* self) { from(self).writing_ = false; };
  hooks.cleanup = [](void* self) { from(self).released(); };
  return result;
}

redis_async_adapter::redis_async_adapter(boost::asio::io_context& io,
                                         redisAsyncContext& context,
                                         listener& events)
  : io_{io},
    context_{&context},
    events_{&events},
    descriptor_{io, context.c.fd} {}

redis_async_adapter& redis_async_adapter::from(void* self) noexcept {
  return *static_cast<redis_async_adapter*>(self);
}

void redis_async_adapter::close() {
  events_ = nullptr;
  if (context_ != nullptr)
    redisAsyncFree(context_);
}

void redis_async_adapter::want_read() {
  reading_ = true;
  if (!input_awaited_)
    wait_for_input();
}

void redis_async_adapter::want_write() {
  writing_ = true;
  const auto is_connected = (context_->c.flags & REDIS_CONNECTED) != 0;
  if (in_write_ || !is_connected)
    wait_for_output();
  else
    plan_write();
}

void redis_async_adapter::wait_for_input() {
  input_awaited_ = true;
  descriptor_.async_wait(
    descriptor::wait_read,
    [this, self = shared_from_this()](boost::system::error_code ec) {
      input_awaited_ = false;
      if (ec || context_ == nullptr || !reading_)
        return;
      redisAsyncHandleRead(context_);
      if (events_ != nullptr)
        events_->handled_io();
    });
}

void redis_async_adapter::wait_for_output() {
  if (std::exchange(output_awaited_, true))
    return;
  descriptor_.async_wait(
    descriptor::wait_write,
    [this, self = shared_from_this()](boost::system::error_code ec) {
      output_awaited_ = false;
      if (!ec)
        write();
    });
}

void redis_async_adapter::plan_write() {
  if (output_awaited_ || std::exchange(write_planned_, true))
    return;
  boost::asio::defer(io_, [this, self = shared_from_this()] {
    write_planned_ = false;
    write();
  });
}

void redis_async_adapter::write() {
  if (context_ == nullptr || !writing_)
    return;
  in_write_ = true;
  redisAsyncHandleWrite(context_);
  in_write_ = false;
  if (events_ != nullptr)
    events_->handled_io();
}

void redis_async_adapter::released() {
  context_ = nullptr;
  reading_ = false;
  writing_ = false;
  // hiredis closes the descriptor itself.
  descriptor_.release();
}

} // namespace rookery
