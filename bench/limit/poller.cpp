#include "bench/limit/poller.hpp"

#include "bench/limit/check.hpp"

#include <cerrno>

namespace rookery::limit {

poller::poller() : set_(check(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {}

void poller::add(int socket, std::uint32_t events, void* owner) {
  control(EPOLL_CTL_ADD, socket, events, owner);
}

void poller::change(int socket, std::uint32_t events, void* owner) {
  control(EPOLL_CTL_MOD, socket, events, owner);
}

std::span<const epoll_event> poller::wait() {
  const int count = epoll_wait(set_.number(), events_.data(),
                               static_cast<int>(events_.size()), -1);
  if (count < 0 && errno == EINTR) // a debugger, a stop and continue
    return {};
  check(count, "epoll_wait");
  return {events_.data(), static_cast<std::size_t>(count)};
}

void poller::control(int operation, int socket, std::uint32_t events,
                     void* owner) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = owner;
  check(epoll_ctl(set_.number(), operation, socket, &event), "epoll_ctl");
}

} // namespace rookery::limit
