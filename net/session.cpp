#include "net/session.hpp"

#include "configs/log.hpp"
#include "net/io_loop.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <sys/socket.h>
#include <utility>

namespace rookery {

namespace {

bool is_noteworthy(close_reason reason) noexcept {
  return reason == close_reason::slow_consumer
         || reason == close_reason::memory_pressure
         || reason == close_reason::internal_error;
}

http_response not_now(close_reason reason, std::chrono::seconds retry) {
  const auto text = status_of(reason).text;
  return come_back(text.empty() ? "not available" : text, retry);
}

} // namespace

session::session(std::unique_ptr<accepted_client> accepted)
  : client_socket{accepted->loop, std::move(accepted->socket)},
    accepted_{std::move(accepted)} {}

void session::enter() {
  enlist(std::exchange(accepted_->predecessor, nullptr));
  set_deadline(loop().limits().open_wait);
}

bool session::deliver(const frame_ptr& bytes) {
  if (stage_ != stage::open)
    return false;
  const auto bound = loop().limits().output_queue;
  // A burst of one turn is no lag: only the kernel's refusal makes it one.
  if (output_cost() >= bound)
    flush();
  if (output_cost() >= bound) {
    close_without_output(close_reason::slow_consumer);
    return false;
  }
  send(bytes);
  return true;
}

void session::close(close_reason reason) {
  if (stage_ == stage::waiting)
    return refuse(reason);
  if (stage_ != stage::open)
    return;
  set_closing(reason);
  if (reason == close_reason::peer_gone)
    return break_off();
  send(last_frame(reason));
  sent_last_frame();
}

std::optional<close_reason> session::ending() const noexcept {
  if (stage_ != stage::closing)
    return std::nullopt;
  return reason_;
}

std::size_t session::queued_bytes() const noexcept {
  return output().bytes();
}

bool session::has_room() const noexcept {
  return output_cost() < loop().limits().output_queue / 2;
}

bool session::is_congested() noexcept {
  awaits_room_ = !has_room();
  return awaits_room_;
}

void session::hold_input(bool is_held) {
  set_held(is_held);
}

std::string session::remote_address() const {
  if (accepted_)
    return accepted_->request.remote_address;
  boost::asio::ip::tcp::endpoint peer;
  auto size = static_cast<socklen_t>(peer.capacity());
  if (::getpeername(native_handle(), peer.data(), &size) != 0)
    return {};
  peer.resize(size);
  return peer.address().to_string();
}

std::chrono::microseconds session::round_trip() const noexcept {
  return {};
}

void session::end_turn() {
  if (drops_output_)
    end_without_output();
  client_socket::end_turn();
  if (stage_ == stage::closing)
    report();
  else if (awaits_room_ && has_room())
    report_room();
}

void session::finish(close_reason reason) {
  close(reason);
}

void session::close_without_output(close_reason reason) {
  if (!is_live() || drops_output_)
    return;
  if (stage_ != stage::open)
    return break_off();
  drops_output_ = true;
  ++loop().meters().slow_closes;
  set_closing(reason);
}

void session::set_closing(close_reason reason) {
  mark_dirty();
  if (stage_ == stage::closing)
    return;
  stage_ = stage::closing;
  reason_ = reason;
}

void session::refuse(close_reason reason) {
  set_closing(reason);
  accepted_.reset();
  send(frame::copy(encode_response(not_now(reason, loop().next_retry()))));
  linger(loop().limits().linger_timeout);
}

void session::end_without_output() {
  drops_output_ = false;
  drop_output();
  // The peer does not read, so the last frame has no room unless the kernel
  // makes some.
  const int room = static_cast<int>(2 * loop().limits().send_buffer);
  ::setsockopt(native_handle(), SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  send(last_frame(reason_));
  linger(loop().limits().unread_timeout);
}

void session::deadline() {
  if (stage_ != stage::waiting)
    return session_deadline();
  if (is_overdue_)
    return refuse(close_reason::internal_error);
  is_overdue_ = true;
  set_deadline(loop().limits().handshake_timeout);
  call_actor("open_overdue", [](inbox& to) { to.open_overdue(); });
}

void session::on_shut(close_reason reason) {
  if (stage_ != stage::closing)
    reason_ = reason;
  stage_ = stage::closing;
  report();
}

void session::report_room() {
  awaits_room_ = false;
  call_actor("writable", [](inbox& to) { to.writable(); });
}

void session::leave_loop() noexcept {
  accepted_.reset();
}

void session::report() {
  if (is_reported_)
    return;
  is_reported_ = true;
  const auto name = to_string(reason_);
  if (is_noteworthy(reason_))
    log::info("connection closed", "reason", name, "remote", remote_address());
  else
    log::debug("connection closed", "reason", name);
  call_actor("closed", [this](inbox& to) { to.closed(reason_); });
}

} // namespace rookery
