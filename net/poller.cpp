#include "net/poller.hpp"

#include "net/client_socket.hpp"

#include <algorithm>
#include <cerrno>
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
  : set_{context.get_executor(), create_set()} {
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
}

void poller::wait() {
  set_.async_wait(decltype(set_)::wait_read,
                  [this](boost::system::error_code ec) {
                    if (ec)
                      return;
                    dispatch();
                    // Asks the kernel anew: what the batch had no room for
                    // ends the wait at once.
                    wait();
                  });
}

void poller::dispatch() {
  const int count =
    ::epoll_wait(set_.native_handle(), batch_.data(), batch_size, 0);
  end_ = static_cast<std::size_t>(std::max(count, 0));
  for (next_ = 0; next_ < end_;) {
    const auto event = batch_[next_++];
    if (event.data.ptr == nullptr)
      continue;
    const client_ptr owner{static_cast<client_socket*>(event.data.ptr)};
    owner->on_events(event.events);
  }
}

} // namespace rookery
