#include "net/acceptor.hpp"

#include "configs/log.hpp"
#include "net/io_loop.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <utility>

namespace rookery {

namespace {

namespace asio = boost::asio;

using tcp = asio::ip::tcp;
using reuse_port =
  asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// The number of clients accepted before other handlers run.
constexpr int batch_size = 64;

/// Answers to refused addresses; more are cut. An answered client holds its
/// socket until it has read the answer.
constexpr act_rate refused_answers{100};

/// Pause of accepting while the process or the machine is out of descriptors or
/// memory.
constexpr std::chrono::milliseconds retry_pause{100};

constexpr int backlog = 4096;

/// Returns true if the process or the machine is out of a resource.
bool is_shortage(const acceptor::error_code& ec) noexcept {
  return ec == asio::error::no_descriptors
         || ec == boost::system::errc::too_many_files_open_in_system
         || ec == asio::error::no_buffer_space || ec == asio::error::no_memory;
}

} // namespace

acceptor::acceptor(io_loop& loop, std::vector<io_loop*> all,
                   http_service& service, const session_limits& limits,
                   client_gate* gate)
  : loop_{loop},
    all_{std::move(all)},
    service_{service},
    limits_{limits},
    gate_{gate},
    socket_{loop.context()},
    retry_{loop.context()} {}

acceptor::error_code acceptor::open(const endpoint_type& endpoint) {
  error_code ec;
  const auto set = [&](const auto& option) {
    if (!ec)
      socket_.set_option(option, ec);
  };
  socket_.open(endpoint.protocol(), ec);
  set(tcp::acceptor::reuse_address{true});
  set(reuse_port{true});
  if (endpoint.address().is_v6())
    set(asio::ip::v6_only{true});
  // Accepted sockets inherit both, which saves two calls each.
  set(tcp::no_delay{true});
  set(tcp::acceptor::send_buffer_size{static_cast<int>(limits_.send_buffer)});
  if (!ec)
    socket_.bind(endpoint, ec);
  if (!ec)
    socket_.non_blocking(true, ec);
  if (!ec)
    socket_.listen(backlog, ec);
  if (!ec)
    port_ = socket_.local_endpoint(ec).port();
  return ec;
}

void acceptor::close() noexcept {
  error_code ec;
  socket_.close(ec);
  retry_.cancel();
}

void acceptor::wait() {
  socket_.async_wait(tcp::acceptor::wait_read,
                     [self = shared_from_this()](error_code ec) {
                       if (!ec && self->socket_.is_open())
                         self->accept_batch();
                     });
}

void acceptor::accept_batch() {
  for (int i = 0; i < batch_size; ++i)
    if (!accept_one())
      return;
  wait();
}

/// Returns false if no client waits or accepting is paused.
bool acceptor::accept_one() {
  if (is_short_ && !has_descriptor() && !has_idle_clients()) {
    retry_later();
    return false;
  }
  endpoint_type remote;
  auto size = static_cast<socklen_t>(remote.capacity());
  descriptor accepted{::accept4(socket_.native_handle(), remote.data(), &size,
                                SOCK_NONBLOCK | SOCK_CLOEXEC)};
  if (!accepted.is_open()) {
    const error_code ec{errno, boost::system::system_category()};
    if (ec == asio::error::would_block) {
      wait();
      return false;
    }
    if (is_shortage(ec)) {
      make_room();
      pause(ec.message());
      return false;
    }
    return true; // the client has given up before we came
  }
  remote.resize(size);
  const auto is_scarce = is_beyond(accepted.native_handle());
  const auto is_last = is_scarce && !make_room();
  arrival from{std::move(accepted), remote.address().to_string(), port_, gate_};
  admit(std::move(from));
  if (!is_scarce)
    is_short_ = false;
  else if (is_last)
    pause("few descriptors are left");
  return !is_last;
}

void acceptor::admit(arrival from) {
  if (const auto why = count(from); why != address_refusal::none)
    return refuse(std::move(from), why);
  if (connections() < limits_.max_connections || make_room())
    return http_connection::start(loop_, std::move(from), service_);
  if (limits_.surplus_clients > 0) {
    make_surplus_room(from.remote_address);
    return http_connection::start_surplus(loop_, std::move(from), service_);
  }
  if (from.place != 0)
    gate_->book().leave(from.place);
}

/// Ends a surplus client if this loop has its share of them.
void acceptor::make_surplus_room(std::string_view newcomer) {
  auto& present = loop_.surplus_clients();
  if (present.size() * all_.size() >= limits_.surplus_clients)
    present.end_first_of(newcomer);
}

/// Counts a client that is no proxy for its address. Returns the refusal if the
/// address has too many.
address_refusal acceptor::count(arrival& from) {
  const auto peer = gate_ ? parse_ip(from.remote_address) : std::nullopt;
  if (!peer || gate_->is_proxy(*peer))
    return address_refusal::none;
  const auto now = std::chrono::steady_clock::now();
  const auto [why, where] = gate_->book().enter(*peer, now);
  from.place = where;
  return why;
}

void acceptor::refuse(arrival from, address_refusal why) {
  loop_.count_refusal(why);
  if (answers_.take(std::chrono::steady_clock::now(), refused_answers))
    http_connection::reject(loop_, std::move(from), service_, too_many(why));
}

bool acceptor::has_idle_clients() const noexcept {
  return std::ranges::any_of(
    all_, [](io_loop* each) { return !each->idle_clients().empty(); });
}

/// Ends an idle client, of this loop if it has one. Returns false if there is
/// none.
bool acceptor::make_room() {
  if (loop_.idle_clients().end_first())
    return true;
  const auto other = std::ranges::find_if(
    all_, [](io_loop* each) { return each->idle_clients().claim(); });
  if (other == all_.end())
    return false;
  (*other)->post([loop = *other] { loop->idle_clients().end_claimed(); });
  return true;
}

/// Returns true if a socket with that number takes a descriptor that is not for
/// clients of this acceptor.
bool acceptor::is_beyond(int handle) const noexcept {
  return static_cast<std::size_t>(handle) >= limits_.max_descriptor;
}

/// Looks which descriptor the next client would get.
bool acceptor::has_descriptor() noexcept {
  const descriptor next{::fcntl(socket_.native_handle(), F_DUPFD_CLOEXEC, 0)};
  return next.is_open() && !is_beyond(next.native_handle());
}

void acceptor::pause(std::string_view reason) {
  if (!std::exchange(is_short_, true))
    log::warn("accept paused", "error", reason);
  retry_later();
}

void acceptor::retry_later() {
  retry_.expires_after(retry_pause);
  retry_.async_wait([self = shared_from_this()](error_code cancelled) {
    if (!cancelled && self->socket_.is_open())
      self->accept_batch();
  });
}

std::size_t acceptor::connections() const noexcept {
  std::size_t result = 0;
  for (const auto* each : all_)
    result += each->sessions().size();
  return result;
}

} // namespace rookery
