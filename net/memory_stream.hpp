#pragma once

#include "net/frame_tracker.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace rookery {

/// The layer below a Beast WebSocket stream of a reader: it takes a client's
/// bytes from memory and hands what the stream writes to `Owner::wrote`. Knows
/// no socket, so any client's bytes can come next. Loop thread only.
///
/// Completions run within `feed`, one after the other, never within an
/// initiating function. At most one operation is pending at a time.
template <class Owner>
class memory_stream {
public:
  using executor_type = boost::asio::io_context::executor_type;
  using error_code = boost::system::error_code;

  memory_stream(executor_type executor, Owner& owner)
    : executor_{executor}, owner_{owner} {}

  memory_stream(const memory_stream&) = delete;
  memory_stream& operator=(const memory_stream&) = delete;

  ~memory_stream() {
    if (resume_)
      resume_(memory_, false, 0);
  }

  executor_type get_executor() const noexcept { return executor_; }

  const frame_tracker& tracker() const noexcept { return tracker_; }

  /// Lets the stream work until it wants bytes that are not there yet, or the
  /// owner wants no more.
  void feed(const unsigned char* bytes, std::size_t size) {
    input_ = bytes;
    input_end_ = bytes + size;
    while (resume_ && (waits_for_ != event::bytes || input_ != input_end_)
           && owner_.wants_more()) {
      const auto what = std::exchange(waits_for_, event::nothing);
      const auto count = what == event::bytes ? fill() : written_;
      std::exchange(resume_, nullptr)(memory_, true, count);
    }
  }

  template <class Buffers, class Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return boost::asio::async_initiate<Handler, void(error_code, std::size_t)>(
      [this](auto completion, const auto& targets) {
        this->remember(targets);
        this->suspend(event::bytes, std::move(completion));
      },
      handler, buffers);
  }

  template <class Buffers, class Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    return boost::asio::async_initiate<Handler, void(error_code, std::size_t)>(
      [this](auto completion, const auto& sources) {
        written_ = owner_.wrote(sources);
        suspend(event::turn, std::move(completion));
      },
      handler, buffers);
  }

  // The synchronous half serves `websocket::stream::accept` only.

  template <class Buffers>
  std::size_t write_some(const Buffers& buffers, error_code& ec) {
    ec = {};
    return owner_.wrote(buffers);
  }

  template <class Buffers>
  std::size_t write_some(const Buffers& buffers) {
    return owner_.wrote(buffers);
  }

  template <class Buffers>
  std::size_t read_some(const Buffers&, error_code& ec) {
    ec = boost::asio::error::would_block;
    return 0;
  }

  template <class Buffers>
  std::size_t read_some(const Buffers&) {
    throw boost::system::system_error{boost::asio::error::would_block};
  }

  // The session ends the connection itself once its output is flushed.

  template <class Handler>
  friend void async_teardown(boost::beast::role_type, memory_stream& self,
                             Handler&& handler) {
    self.written_ = 0;
    self.suspend(event::turn,
                 [handler = std::forward<Handler>(handler)](
                   error_code ec, std::size_t) mutable { handler(ec); });
  }

  friend void teardown(boost::beast::role_type, memory_stream&,
                       error_code& ec) {
    ec = {};
  }

  friend void beast_close_socket(memory_stream&) {}

private:
  enum class event { nothing, bytes, turn };

  static constexpr std::size_t max_slices = 4;
  static constexpr std::size_t max_handler_size = 640;

  template <class Buffers>
  void remember(const Buffers& buffers) {
    slice_count_ = 0;
    auto i = boost::asio::buffer_sequence_begin(buffers);
    const auto end = boost::asio::buffer_sequence_end(buffers);
    for (; i != end && slice_count_ < max_slices; ++i)
      slices_[slice_count_++] = *i;
  }

  // The handler lives in this object: a pending read of a pooled reader would
  // otherwise pin a block that Asio could use for others.
  template <class Handler>
  void suspend(event what, Handler&& handler) {
    using type = std::decay_t<Handler>;
    static_assert(sizeof(type) <= max_handler_size);
    static_assert(alignof(type) <= alignof(std::max_align_t));
    assert(!resume_);
    new (memory_) type(std::forward<Handler>(handler));
    waits_for_ = what;
    resume_ = [](void* memory, bool is_call, std::size_t count) {
      auto& stored = *static_cast<type*>(memory);
      type taken{std::move(stored)};
      stored.~type();
      if (is_call)
        taken(error_code{}, count);
    };
  }

  // Hands out at most one frame. So the stream's own buffer is empty whenever a
  // frame has ended, and the next read always needs us: it never completes by a
  // post to the io_context.
  std::size_t fill() {
    std::size_t room = 0;
    for (std::size_t i = 0; i < slice_count_; ++i)
      room += slices_[i].size();
    const auto available = static_cast<std::size_t>(input_end_ - input_);
    const auto count = tracker_.take(input_, std::min(room, available));
    std::size_t done = 0;
    for (std::size_t i = 0; done < count; ++i) {
      const auto part = std::min(count - done, slices_[i].size());
      std::memcpy(slices_[i].data(), input_ + done, part);
      done += part;
    }
    input_ += count;
    return count;
  }

  executor_type executor_;
  Owner& owner_;
  const unsigned char* input_ = nullptr;
  const unsigned char* input_end_ = nullptr;
  frame_tracker tracker_;
  boost::asio::mutable_buffer slices_[max_slices];
  std::size_t slice_count_ = 0;
  std::size_t written_ = 0;
  event waits_for_ = event::nothing;
  void (*resume_)(void*, bool, std::size_t) = nullptr;
  alignas(std::max_align_t) unsigned char memory_[max_handler_size];
};

} // namespace rookery
