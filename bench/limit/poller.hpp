#pragma once

#include "bench/limit/descriptor.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <sys/epoll.h>

namespace rookery::limit {

/// An epoll set, level-triggered.
class poller {
public:
  /// Throws `std::system_error` if the kernel refuses.
  poller();

  /// Watches `socket`; its events carry `owner`.
  void add(int socket, std::uint32_t events, void* owner);

  void change(int socket, std::uint32_t events, void* owner);

  /// Blocks until there are events. They are valid until the next call.
  std::span<const epoll_event> wait();

private:
  void control(int operation, int socket, std::uint32_t events, void* owner);

  descriptor set_;
  std::array<epoll_event, 512> events_;
};

} // namespace rookery::limit
