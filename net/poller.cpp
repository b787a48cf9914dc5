#include "net/poller.hpp"

#include "actors/runtime/turn_share.hpp"
#include "net/client_socket.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>

namespace rookery {

namespace {

constexpr std::uint32_t input = EPOLLIN | EPOLLRDHUP | EPOLLET;

int create_set() {
  const int result = ::epoll_create1(EPOLL_CLOEXEC);
  if (result < 0)
    throw std::system_error{errno, std::generic_category(), "epoll_create1"};
  return result;
}

} // namespace

poller::poller(boost::asio::io_context& context)
  : context_{context}, set_{context.get_executor(), create_set()} {
  wait();
}

bool poller::add(int socket, client_socket& owner) noexcept {
  return control(EPOLL_CTL_ADD, socket, owner, input);
}

bool poller::hand_over(int socket, client_socket& owner) noexcept {
  return control(EPOLL_CTL_MOD, socket, owner, input);
}

bool poller::add_output(int socket, client_socket& owner) noexcept {
  return control(EPOLL_CTL_MOD, socket, owner, input | EPOLLOUT);
}

bool poller::control(int operation, int socket, client_socket& owner,
                     std::uint32_t events) noexcept {
  epoll_event wanted{};
  wanted.events = events;
  wanted.data.ptr = &owner;
  return ::epoll_ctl(set_.native_handle(), operation, socket, &wanted) == 0;
}

void poller::forget(const client_socket& owner) noexcept {
  for (auto i = next_; i < end_; ++i)
    if (batch_[i].data.ptr == &owner)
      batch_[i].data.ptr = nullptr;
}

void poller::close() noexcept {
  boost::system::error_code ec;
  set_.close(ec);
  next_ = end_ = 0;
}

void poller::wait() {
  set_.async_wait(decltype(set_)::wait_read,
                  [this](boost::system::error_code ec) {
                    if (ec)
                      return;
                    fetch();
                    dispatch();
                  });
}

void poller::fetch() {
  const int count =
    ::epoll_wait(set_.native_handle(), batch_.data(), batch_size, 0);
  next_ = 0;
  end_ = static_cast<std::size_t>(std::max(count, 0));
}

/// Reports the events of the batch; if that takes long, the rest of it later.
void poller::dispatch() {
  const auto end = std::chrono::steady_clock::now() + turn_share;
  while (next_ < end_) {
    const auto event = batch_[next_++];
    if (event.data.ptr == nullptr)
      continue;
    const client_ptr owner{static_cast<client_socket*>(event.data.ptr)};
    owner->on_events(event.events);
    if (next_ < end_ && std::chrono::steady_clock::now() > end)
      return boost::asio::post(context_, [this] { dispatch(); });
  }
  // Asks the kernel anew: what the batch had no room for ends the wait at once.
  if (set_.is_open())
    wait();
}

} // namespace rookery
