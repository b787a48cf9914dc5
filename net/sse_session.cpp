#include "net/sse_session.hpp"

#include "actors/message/sse_event.hpp"
#include "net/io_loop.hpp"

#include <netinet/tcp.h>
#include <utility>

namespace rookery {

namespace {

std::string encode_head(const std::vector<http_field>& fields) {
  std::string result = "HTTP/1.1 200 OK\r\n"
                       "Content-Type: text/event-stream\r\n"
                       "Cache-Control: no-store\r\n"
                       "X-Accel-Buffering: no\r\n"
                       "Transfer-Encoding: chunked\r\n"
                       "Connection: close\r\n";
  for (const auto& field : fields)
    result.append(field.name).append(": ").append(field.value).append("\r\n");
  return result += "\r\n";
}

} // namespace

sse_session::sse_session(std::unique_ptr<accepted_client> accepted,
                         std::vector<http_field> fields)
  : session{std::move(accepted)}, fields_{std::move(fields)} {}

void sse_session::start() {
  enter();
}

void sse_session::open() {
  if (current() != stage::waiting)
    return;
  set_open();
  take_accepted();
  send(frame::copy(encode_head(std::exchange(fields_, {}))));
  send(encode_sse_retry(loop().limits().sse_retry));
  // An event source sends no pong: the kernel notices if our comments are not
  // acknowledged.
  const auto patience =
    static_cast<unsigned>(loop().limits().ping_interval.count());
  ::setsockopt(native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &patience,
               sizeof patience);
  set_deadline(loop().limits().sse_comment_interval);
}

void sse_session::received(std::span<const unsigned char> bytes) {
  ignored_ += bytes.size();
  if (ignored_ > loop().limits().sse_input)
    close(close_reason::policy_violation);
}

bool sse_session::wants_input() const noexcept {
  return current() == stage::open;
}

frame_ptr sse_session::last_frame(close_reason reason) {
  std::string result;
  if (reason == close_reason::going_away)
    result = encode_sse_retry(loop().limits().sse_retry + loop().next_retry())
               ->bytes();
  return frame::copy(result += "0\r\n\r\n");
}

void sse_session::sent_last_frame() {
  linger(loop().limits().linger_timeout);
}

void sse_session::session_deadline() {
  if (current() != stage::open)
    return;
  call_actor("ping_due", [](inbox& to) { to.ping_due(); });
  if (current() != stage::open)
    return;
  send(loop().comment());
  set_deadline(loop().limits().sse_comment_interval);
}

} // namespace rookery
