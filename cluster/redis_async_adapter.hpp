#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <hiredis/async.h>

#include <memory>

namespace rookery {

/// Lets Asio drive a redisAsyncContext. Everything that is sent within one turn
/// leaves in one write at its end; writability is awaited only while connecting
/// and after a short write. Loop thread only.
class redis_async_adapter
  : public std::enable_shared_from_this<redis_async_adapter> {
public:
  /// Called after hiredis has handled input or output, outside of all its
  /// callbacks; the context may be freed there.
  class listener {
  public:
    virtual void handled_io() = 0;

  protected:
    ~listener() = default;
  };

  /// Takes `context` over: it lives until `close`, or until hiredis frees it
  /// after a loss. Before the connect callback is set. `events` must live until
  /// `close`.
  static std::shared_ptr<redis_async_adapter>
  attach(boost::asio::io_context& io, redisAsyncContext& context,
         listener& events);

  redis_async_adapter(const redis_async_adapter&) = delete;
  redis_async_adapter& operator=(const redis_async_adapter&) = delete;

  /// Frees the context; hiredis runs its pending callbacks without a reply.
  void close();

  /// Null once hiredis has freed it.
  redisAsyncContext* context() const noexcept { return context_; }

private:
  using descriptor = boost::asio::posix::stream_descriptor;

  redis_async_adapter(boost::asio::io_context& io, redisAsyncContext& context,
                      listener& events);

  static redis_async_adapter& from(void* self) noexcept;
  void want_read();
  void want_write();
  void wait_for_input();
  void wait_for_output();
  void plan_write();
  void write();
  void released();

  boost::asio::io_context& io_;
  redisAsyncContext* context_;
  listener* events_;
  descriptor descriptor_;
  bool reading_ = false;
  bool writing_ = false;
  bool input_awaited_ = false;
  bool output_awaited_ = false;
  bool write_planned_ = false;
  bool in_write_ = false;
};

} // namespace rookery
