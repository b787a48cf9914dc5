#pragma once

#include "actors/centrifuge/centrifuge_codec.hpp"
#include "actors/message/frame.hpp"

#include <cstddef>
#include <string>

namespace rookery {

/// The buffer that collects messages to one client of the Centrifuge protocol
/// at a time, so that they share a frame. The connections of a loop share it. A
/// connection that adds messages flushes before it returns to its caller, and
/// before it sends other frames. Loop thread only.
class centrifuge_writer {
public:
  /// The receiver of a client's frames.
  class target {
  public:
    virtual void send(const frame_ptr& bytes) = 0;

  protected:
    ~target() = default;
  };

  /// The size in bytes from which a frame is sent at once.
  static constexpr std::size_t frame_limit = 64 * 1024;

  /// `codec` must outlive this.
  explicit centrifuge_writer(centrifuge_codec& codec) : codec_{codec} {}

  /// Adds `message`, a reply or a push, for the client of `to`.
  template <class Message>
  void add(target& to, const Message& message) {
    begin(to);
    codec_.encode(message, buffer_);
    if (buffer_.size() >= frame_limit)
      flush(to);
  }

  /// Sends the messages for the client of `to`.
  void flush(target& to);

  /// Returns the frame that asks a client for a pong.
  frame_ptr ping() const;

  /// Drops the messages for the client of `to`, which must not be used any
  /// more.
  void forget(const target& to) noexcept;

private:
  void begin(target& to);

  centrifuge_codec& codec_;
  std::string buffer_;
  target* to_ = nullptr; // null: the buffer is empty
};

} // namespace rookery
