#include "net/client_socket.hpp"

#include "net/io_loop.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <cassert>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <utility>

namespace rookery {

namespace {

/// Frames of one `sendmsg`.
constexpr std::size_t max_parts = 64;

} // namespace

client_socket::client_socket(io_loop& loop, descriptor socket) noexcept
  : loop_{loop}, socket_{std::move(socket)} {}

client_socket::~client_socket() {
  assert(output_.empty() && !client_hook::is_linked());
}

void client_socket::enlist(const client_ptr& predecessor) {
  assert(loop_.is_home());
  loop_.sessions().add(*this);
  auto& sockets = loop_.sockets();
  if (predecessor ? !sockets.hand_over(native_handle(), *this)
                  : !sockets.add(native_handle(), *this))
    break_off();
}

void client_socket::on_events(std::uint32_t events) {
  if (phase_ == phase::shut)
    return;
  if ((events & ~EPOLLOUT) != 0)
    is_readable_ = true;
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
    is_input_ending_ = true;
  if ((events & EPOLLOUT) != 0 && waits_to_write_) {
    waits_to_write_ = false;
    was_heard_ = true; // the peer has acknowledged something
    mark_dirty();
  }
  if ((events & EPOLLERR) != 0 && !takes_input())
    return shut(close_reason::peer_gone);
  read_on();
}

void client_socket::send(frame_ptr bytes) {
  if (phase_ == phase::shut)
    return;
  output_.push(std::move(bytes), loop_.outputs());
  mark_dirty();
}

void client_socket::mark_dirty() {
  if (is_dirty_ || phase_ == phase::shut)
    return;
  is_dirty_ = true;
  loop_.flushes().add(*this);
}

void client_socket::end_turn() {
  is_dirty_ = false;
  if (phase_ == phase::shut)
    return;
  flush();
  if (is_broken_)
    return shut(close_reason::peer_gone);
  if (phase_ == phase::lingering && output_.empty())
    end_output();
  read_on();
}

void client_socket::flush() {
  std::array<iovec, max_parts> parts;
  while (!output_.empty() && !waits_to_write_ && !is_broken_) {
    msghdr header{};
    header.msg_iov = parts.data();
    header.msg_iovlen = output_.gather(parts);
    std::size_t wanted = 0;
    for (std::size_t i = 0; i < header.msg_iovlen; ++i)
      wanted += parts[i].iov_len;
    loop_.flushes().count_send();
    const auto sent =
      ::sendmsg(native_handle(), &header, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent < 0 && errno != EAGAIN)
      return break_off();
    const auto taken = sent < 0 ? 0 : static_cast<std::size_t>(sent);
    if (taken > 0)
      taken_at_ = static_cast<std::uint8_t>(loop_.wheel().now());
    output_.consume(taken, loop_.outputs());
    made_progress_ = made_progress_ || taken > 0;
    loop_.meters().bytes_sent += taken;
    if (taken < wanted)
      wait_to_write();
  }
}

void client_socket::flush_anyway() {
  waits_to_write_ = false;
  flush();
}

bool client_socket::has_stalled(
  std::chrono::milliseconds patience) const noexcept {
  // After a long idle time the lower byte may seem young: that is once more
  // patience.
  const auto age = static_cast<std::uint8_t>(loop_.wheel().now() - taken_at_);
  return age > patience / timer_wheel::tick;
}

void client_socket::drop_output() noexcept {
  output_.drop_unsent(loop_.outputs());
}

void client_socket::break_off() {
  is_broken_ = true;
  mark_dirty();
}

void client_socket::set_held(bool is_held) noexcept {
  if (is_held == is_held_ || phase_ == phase::shut)
    return;
  is_held_ = is_held;
  loop_.note_held(is_held);
  if (!is_held)
    mark_dirty();
}

void client_socket::linger(std::chrono::milliseconds patience) {
  if (phase_ != phase::live)
    return;
  phase_ = phase::lingering;
  set_deadline(patience);
  mark_dirty();
}

void client_socket::end_output() {
  if (has_input_ended_)
    return shut(close_reason::normal);
  if (has_output_ended_)
    return;
  has_output_ended_ = true;
  ::shutdown(native_handle(), SHUT_WR);
}

void client_socket::set_deadline(std::chrono::milliseconds delay) {
  loop_.wheel().schedule(*this, delay);
}

void client_socket::expire() {
  const client_ptr self{this};
  if (phase_ == phase::live)
    return deadline();
  const auto is_taken = made_progress();
  // A busy loop may not have offered the kernel the output so far.
  if (!output_.empty() && (is_taken || !waits_to_write_))
    set_deadline(loop_.limits().linger_timeout);
  else
    shut(close_reason::normal);
}

descriptor client_socket::release_socket() {
  const client_ptr self{this};
  auto result = std::move(socket_);
  disconnect();
  return result;
}

void client_socket::shut(close_reason reason) {
  if (phase_ == phase::shut)
    return;
  const client_ptr self{this};
  disconnect();
  on_shut(reason);
}

void client_socket::drop() noexcept {
  const client_ptr self{this};
  disconnect();
}

void client_socket::set_told_address(const std::string& address) {
  loop_.told()[this] = address;
  has_told_address_ = true;
}

std::string client_socket::client_address() const {
  if (has_told_address_)
    return loop_.told().at(this);
  boost::asio::ip::tcp::endpoint peer;
  auto size = static_cast<socklen_t>(peer.capacity());
  if (::getpeername(native_handle(), peer.data(), &size) != 0)
    return {};
  peer.resize(size);
  return peer.address().to_string();
}

void client_socket::disconnect() noexcept {
  assert(loop_.is_home());
  phase_ = phase::shut;
  leave_loop();
  if (place_ != 0)
    loop_.book()->leave(take_place());
  if (is_held_)
    loop_.note_held(false);
  is_held_ = false;
  if (has_told_address_)
    loop_.told().erase(this);
  has_told_address_ = false;
  timer_wheel::cancel(*this);
  output_.clear(loop_.outputs());
  socket_.close();
  loop_.sockets().forget(*this);
  loop_.sessions().remove(*this);
}

bool client_socket::finish_input() noexcept {
  if (!has_news_ && !has_input())
    is_paused_ = true;
  has_news_ = false;
  return is_paused_;
}

/// Returns true while input that has come is still to be taken or worked off.
bool client_socket::has_input() const noexcept {
  // One that does not read its output may never be done.
  if (phase_ != phase::live || waits_to_write_)
    return false;
  return is_held_ || is_throttled_
         || (!is_paused_ && is_readable_ && takes_input());
}

bool client_socket::takes_input() const noexcept {
  if (phase_ == phase::live)
    return wants_input() && output_.cost() <= loop_.limits().read_pause;
  return phase_ == phase::lingering && !has_input_ended_;
}

void client_socket::wait_to_write() {
  waits_to_write_ = true;
  if (hears_of_output_)
    return;
  hears_of_output_ = true;
  if (!loop_.sockets().add_output(native_handle(), *this))
    break_off();
}

void client_socket::read_on() {
  if (is_readable_ && takes_input())
    read();
}

void client_socket::read() {
  const auto buffer = loop_.receive_buffer();
  const auto size =
    ::recv(native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size < 0 && errno != EAGAIN && errno != EINTR)
    return shut(close_reason::peer_gone);
  if (size == 0) {
    has_input_ended_ = true;
    return phase_ == phase::live ? input_ended() : mark_dirty();
  }
  const auto count = size < 0 ? 0 : static_cast<std::size_t>(size);
  // Bytes after a short read cause a new edge, the end of the stream does not.
  is_readable_ =
    size < 0 ? errno == EINTR : is_input_ending_ || count == buffer.size();
  if (size > 0) {
    was_heard_ = true;
    has_news_ = true;
    loop_.meters().bytes_received += count;
    if (phase_ == phase::live)
      received(buffer.first(count));
    else
      discard(count);
  }
  if (is_readable_ && takes_input())
    mark_dirty(); // others get their turn first
}

void client_socket::discard(std::size_t size) {
  discarded_ += static_cast<std::uint32_t>(size);
  if (discarded_ > loop_.limits().linger_bytes)
    shut(close_reason::normal);
}

} // namespace rookery
