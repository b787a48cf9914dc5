#include "apps/rookery-bench/client.hpp"

#include <cerrno>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rookery::bench {

namespace {

template <class Value>
void set(int descriptor, int level, int name, const Value& value) {
  setsockopt(descriptor, level, name, &value, sizeof value);
}

} // namespace

int client::connect(const sockaddr_in& node, std::uint32_t source) {
  ready = false;
  descriptor_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor_ < 0)
    return errno;
  set(descriptor_, IPPROTO_TCP, TCP_NODELAY, 1);
  if (source != 0) {
    // With this option the kernel chooses the port at connect, when it knows
    // the destination: far more ports are usable.
    set(descriptor_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(source);
    if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&from), sizeof from)
        != 0)
      return errno;
  }
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&node),
                sizeof node)
        != 0
      && errno != EINPROGRESS)
    return errno;
  output_ = wire_->hello();
  return 0;
}

bool client::flush() {
  blocked = false;
  if (output_.empty())
    return true;
  const auto sent =
    send(descriptor_, output_.data(), output_.size(), MSG_NOSIGNAL);
  if (sent < 0) {
    blocked = errno == EAGAIN;
    return blocked;
  }
  output_.erase(0, static_cast<std::size_t>(sent));
  blocked = !output_.empty();
  return true;
}

void client::abort() {
  if (descriptor_ < 0)
    return;
  set(descriptor_, SOL_SOCKET, SO_LINGER, linger{.l_onoff = 1, .l_linger = 0});
  close(descriptor_);
  descriptor_ = -1;
}

} // namespace rookery::bench
