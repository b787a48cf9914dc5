#pragma once

#include "actors/centrifuge/centrifuge_codec.hpp"
#include "actors/message/frame.hpp"

#include <cstddef>
#include <string>

namespace rookery {

/// Collects what is said to one client of the Centrifuge protocol at a time, so
/// that many messages share a frame; the connections of a loop share it. Who
/// says something flushes before it returns to where it was called from, or
/// before anything else goes to that client. Loop thread only.
class centrifuge_writer {
public:
  /// Where a client's frames go.
  class target {
  public:
    virtual void send(const frame_ptr& bytes) = 0;

  protected:
    ~target() = default;
  };

  /// A frame is sent at the latest when it has reached that many bytes.
  static constexpr std::size_t frame_limit = 64 * 1024;

  /// `codec` must outlive this.
  explicit centrifuge_writer(centrifuge_codec& codec) : codec_{codec} {}

  /// Says `message`, a reply or a push, to the client behind `to`.
  template <class Message>
  void add(target& to, const Message& message) {
    begin(to);
    codec_.encode(message, buffer_);
    if (buffer_.size() >= frame_limit)
      flush(to);
  }

  /// Sends what was said to the client behind `to`.
  void flush(target& to);

  /// The frame that asks a client for a pong.
  frame_ptr ping() const;

  /// Drops what was said to the client behind `to`, which must not be used any
  /// more.
  void forget(const target& to) noexcept;

private:
  void begin(target& to);

  centrifuge_codec& codec_;
  std::string buffer_;
  target* to_ = nullptr; // null: the buffer is empty
};

} // namespace rookery
