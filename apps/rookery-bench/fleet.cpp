#include "apps/rookery-bench/fleet.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace rookery::bench {

namespace {

constexpr std::size_t events_per_turn = 1024;
constexpr std::size_t read_bytes = 256 * 1024;
constexpr std::uint32_t loopback = 0x7f000002; // 127.0.0.2

bool is_loopback(const sockaddr_in& node) {
  return ntohl(node.sin_addr.s_addr) >> 24 == 127;
}

} // namespace

class fleet::delivery_sink final : public sink {
public:
  delivery_sink(fleet& owner, client& which) : owner_{owner}, which_{which} {}

  void ready() override {
    which_.ready = true;
    --owner_.connecting_;
    ++owner_.counts_.opened;
  }

  void publication(std::uint32_t channel, std::string_view payload) override {
    owner_.deliver_(which_, channel, payload);
  }

private:
  fleet& owner_;
  client& which_;
};

std::uint64_t steady_now() {
  return static_cast<std::uint64_t>(
    std::chrono::steady_clock::now().time_since_epoch().count());
}

fleet::fleet(const options& options)
  : options_{options},
    epoll_{epoll_create1(EPOLL_CLOEXEC)},
    events_(events_per_turn),
    buffer_(read_bytes) {
  if (epoll_ < 0)
    throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

fleet::~fleet() {
  clients_.clear();
  ::close(epoll_);
}

client& fleet::open(client::role role, protocol speaks,
                    const sockaddr_in& node) {
  auto wire = make_wire(speaks, {.channel_prefix = options_.channel_prefix,
                                 .first_channel = role.channel,
                                 .channels = options_.channels_per_connection,
                                 .path = options_.path,
                                 .token = options_.token,
                                 .recovers = options_.missed > 0,
                                 .member = role.member != client::none});
  clients_.push_back(std::make_unique<client>(role, std::move(wire)));
  auto& made = *clients_.back();
  // Redis in protected mode serves only clients from 127.0.0.1.
  begin(made, speaks != protocol::redis && is_loopback(node), node);
  return made;
}

void fleet::begin(client& which, bool from_loopback, const sockaddr_in& node) {
  ++connecting_;
  const auto turn = ++begun_;
  const auto source = from_loopback ? loopback + turn % options_.sources : 0;
  if (const auto error = which.connect(node, source); error != 0) {
    drop(which, std::string{"connect: "} + std::strerror(error));
  } else {
    which.blocked = true;
    watch(which, EPOLL_CTL_ADD);
  }
}

void fleet::cut(client& which) {
  if (which.descriptor() < 0 || !which.ready)
    return;
  which.abort();
  --counts_.opened;
}

void fleet::reopen(client& which, const sockaddr_in& node) {
  begin(which, is_loopback(node), node);
}

void fleet::flush_later(client& which) {
  unsent_.push_back(&which);
}

void fleet::close(client& which, bool in_good_order) {
  if (which.descriptor() < 0)
    return;
  if (!in_good_order)
    return which.abort();
  which.leaving = true;
  which.speaks().goodbye(which.output());
  flush_later(which);
}

void fleet::turn(std::uint64_t deadline) {
  flush();
  const auto now = steady_now();
  const auto left = deadline > now ? deadline - now : 0;
  const timespec wait{.tv_sec = static_cast<time_t>(left / 1'000'000'000),
                      .tv_nsec = static_cast<long>(left % 1'000'000'000)};
  const auto count = epoll_pwait2(
    epoll_, events_.data(), static_cast<int>(events_.size()), &wait, nullptr);
  for (int i = 0; i < count; ++i) {
    const auto& event = events_[static_cast<std::size_t>(i)];
    handle(*static_cast<client*>(event.data.ptr), event.events);
  }
}

void fleet::flush() {
  for (auto* which : unsent_) {
    if (which->descriptor() < 0 || which->blocked)
      continue;
    if (!which->flush())
      drop(*which, "send failed");
    else if (which->blocked)
      watch(*which, EPOLL_CTL_MOD);
  }
  unsent_.clear();
}

void fleet::handle(client& which, std::uint32_t events) {
  if (which.descriptor() < 0)
    return;
  if ((events & EPOLLOUT) != 0) {
    if (!which.flush())
      return drop(which, std::string{"send: "} + std::strerror(errno));
    if (!which.blocked)
      watch(which, EPOLL_CTL_MOD);
  }
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
    read(which);
}

void fleet::read(client& which) {
  const auto got = recv(which.descriptor(), buffer_.data(), buffer_.size(), 0);
  if (got <= 0) {
    if (got < 0 && errno == EAGAIN)
      return;
    return drop(which, got == 0 ? "closed by the server"
                                : std::string{"recv: "} + std::strerror(errno));
  }
  delivery_sink to{*this, which};
  const std::string_view bytes{buffer_.data(), static_cast<std::size_t>(got)};
  if (!which.speaks().feed(bytes, which.output(), to))
    return drop(which, which.speaks().problem());
  if (!which.output().empty())
    flush_later(which);
}

void fleet::watch(client& which, int operation) {
  epoll_event event{};
  event.events = which.blocked ? EPOLLIN | EPOLLOUT : EPOLLIN;
  event.data.ptr = &which;
  epoll_ctl(epoll_, operation, which.descriptor(), &event);
}

void fleet::drop(client& which, std::string why) {
  if (which.leaving)
    return which.abort();
  if (problem_.empty())
    problem_ = std::move(why);
  if (which.ready) {
    ++counts_.closed;
  } else {
    --connecting_;
    ++counts_.failed;
  }
  which.abort();
}

} // namespace rookery::bench
