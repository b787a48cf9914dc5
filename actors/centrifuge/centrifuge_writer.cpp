#include "actors/centrifuge/centrifuge_writer.hpp"

#include "actors/message/websocket_frame.hpp"

#include <utility>

namespace rookery {

namespace {

// A buffer that grew beyond this is freed.
constexpr std::size_t kept_buffer = 1024 * 1024;

} // namespace

void centrifuge_writer::begin(target& to) {
  if (to_ && to_ != &to)
    flush(*to_);
  to_ = &to;
}

void centrifuge_writer::flush(target& to) {
  if (to_ != &to)
    return;
  to_ = nullptr;
  const auto bytes = encode_websocket(codec_.kind(), buffer_);
  buffer_.clear();
  if (buffer_.capacity() > kept_buffer)
    buffer_ = {};
  to.send(bytes);
}

frame_ptr centrifuge_writer::ping() const {
  std::string message;
  codec_.encode_ping(message);
  return encode_websocket(codec_.kind(), message);
}

void centrifuge_writer::forget(const target& to) noexcept {
  if (to_ != &to)
    return;
  to_ = nullptr;
  buffer_.clear();
}

} // namespace rookery
