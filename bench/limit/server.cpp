#include "bench/limit/server.hpp"

#include "bench/limit/check.hpp"
#include "bench/limit/handshake.hpp"

#include <cerrno>
#include <csignal>
#include <sys/signalfd.h>
#include <sys/socket.h>

namespace rookery::limit {

namespace {

constexpr std::size_t input_size = 256 * 1024;
constexpr std::size_t longest_request = 8 * 1024;

int end_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  check(sigprocmask(SIG_BLOCK, &set, nullptr), "sigprocmask");
  return check(signalfd(-1, &set, SFD_CLOEXEC), "signalfd");
}

} // namespace

server::server(std::uint16_t port, const std::optional<redis_address>& redis)
  : signals_(end_signals()), listener_(listen_on(port)), input_(input_size) {
  poller_.add(signals_.number(), EPOLLIN, &signals_);
  poller_.add(listener_.number(), EPOLLIN, &listener_);
  if (!redis)
    return;
  bus_events handlers;
  handlers.on_subscribed = [this](std::string_view name) { confirm(name); };
  handlers.on_message = [this](std::string_view name,
                               std::string_view payload) {
    if (auto* found = channels_.find(name))
      frames_.add(*found, opcode::text, payload);
  };
  bus_ = std::make_unique<redis_bus>(poller_, *redis, std::move(handlers));
}

void server::run() {
  while (is_running_) {
    for (const auto& event : poller_.wait())
      handle(event);
    if (bus_)
      bus_->flush(); // first: Redis works while members are served
    fan_out();
    bury();
    if (bus_)
      bus_->flush(); // commands for channels without members
  }
}

void server::handle(const epoll_event& event) {
  auto* owner = event.data.ptr;
  if (owner == &listener_)
    return accept_all();
  if (owner == &signals_) {
    is_running_ = false;
    return;
  }
  if (bus_ && bus_->handle(owner, event.events))
    return;
  auto& client = *static_cast<member*>(owner);
  if ((event.events & EPOLLOUT) != 0)
    send_later_part(client);
  if ((event.events & ~EPOLLOUT) != 0)
    receive(client);
}

void server::accept_all() {
  for (;;) {
    auto socket = accept_client(listener_);
    if (socket.number() < 0)
      return;
    auto& client =
      members_.emplace_back(std::make_unique<member>(std::move(socket)));
    client->sign_up = members_.size() - 1;
    poller_.add(client->socket.number(), EPOLLIN, client.get());
  }
}

void server::receive(member& from) {
  const auto kept = from.unread.copy(input_.data(), from.unread.size());
  const auto count =
    recv(from.socket.number(), input_.data() + kept, input_.size() - kept, 0);
  if (count < 0 && errno == EAGAIN)
    return;
  if (count <= 0)
    return doom(from);
  if (kept > 0)
    from.unread = {};
  const std::span bytes{input_.data(), kept + static_cast<std::size_t>(count)};
  if (from.joined)
    take_frames(from, bytes);
  else
    upgrade(from, bytes);
}

void server::upgrade(member& who, std::span<char> bytes) {
  constexpr std::string_view end = "\r\n\r\n";
  const std::string_view text{bytes.data(), bytes.size()};
  const auto size = text.find(end);
  if (size == std::string_view::npos) {
    if (text.size() > longest_request)
      return doom(who);
    who.unread = text;
    return;
  }
  const auto request = read_upgrade(text.substr(0, size));
  if (!request)
    return doom(who);
  who.unsent = switching_protocols(request->key);
  enter(who, request->channel);
  take_frames(who, bytes.subspan(size + end.size()));
}

void server::enter(member& who, std::string_view name) {
  auto* where = channels_.find(name);
  if (!where) {
    where = &channels_.create(name, !bus_);
    if (bus_)
      bus_->subscribe(name);
  }
  channel_table::join(*where, who);
  if (where->is_confirmed)
    send_later_part(who);
}

void server::take_frames(member& from, std::span<char> bytes) {
  client_frame frame;
  auto status = frame_status::complete;
  while ((status = take_frame(bytes, frame)) == frame_status::complete) {
    if (frame.kind == opcode::close)
      return doom(from);
    if (frame.kind == opcode::text || frame.kind == opcode::binary)
      publish(*from.joined, frame);
  }
  if (status == frame_status::broken)
    doom(from);
  else if (!bytes.empty())
    from.unread.assign(bytes.data(), bytes.size());
}

void server::publish(channel& where, const client_frame& frame) {
  if (bus_)
    bus_->publish(where.name, frame.payload);
  else
    frames_.add(where, frame.kind, frame.payload);
}

void server::confirm(std::string_view name) {
  auto* where = channels_.find(name);
  if (!where || where->is_confirmed)
    return;
  where->is_confirmed = true;
  for (auto* each : where->members)
    send_later_part(*each);
}

void server::fan_out() {
  for (auto* where : frames_.channels()) {
    const auto pieces = where->frames->pieces();
    for (auto* each : where->members) {
      if (!send_pieces(*each, pieces))
        doom(*each);
      else if (!each->unsent.empty() && where->is_confirmed)
        poll_for_output(*each);
    }
  }
  frames_.clear();
}

void server::send_later_part(member& to) {
  if (!send_unsent(to))
    doom(to);
  else
    poll_for_output(to);
}

void server::poll_for_output(member& to) {
  const bool wanted = !to.unsent.empty();
  if (wanted == to.is_polled_for_output)
    return;
  to.is_polled_for_output = wanted;
  poller_.change(to.socket.number(), wanted ? EPOLLIN | EPOLLOUT : EPOLLIN,
                 &to);
}

void server::doom(member& who) {
  if (who.is_dead)
    return;
  who.is_dead = true;
  dead_.push_back(&who);
}

void server::bury() {
  for (auto* each : dead_) {
    if (auto* where = each->joined) {
      channel_table::leave(*each);
      if (where->members.empty()) {
        if (bus_)
          bus_->unsubscribe(where->name);
        channels_.erase(*where);
      }
    }
    const auto index = each->sign_up;
    members_.back()->sign_up = index;
    std::swap(members_[index], members_.back());
    members_.pop_back();
  }
  dead_.clear();
}

} // namespace rookery::limit
