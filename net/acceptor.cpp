#include "net/acceptor.hpp"

#include "configs/log.hpp"
#include "net/io_loop.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include <cerrno>
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

/// The number of surplus clients that get an answer; more are cut.
constexpr std::size_t answered_over_limit = 256;

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
      retry_later(ec);
      return false;
    }
    return true; // the client has given up before we came
  }
  remote.resize(size);
  is_short_ = false;
  arrival from{std::move(accepted), remote.address().to_string(), port_, gate_};
  const auto others = connections();
  if (others < limits_.max_connections) {
    const auto peer = gate_ ? parse_ip(from.remote_address) : std::nullopt;
    if (peer && !gate_->is_proxy(*peer)) {
      const auto now = std::chrono::steady_clock::now();
      const auto [why, where] = gate_->book().enter(*peer, now);
      if (why != address_refusal::none) {
        refuse(std::move(from), why);
        return true;
      }
      from.place = where;
    }
    http_connection::start(loop_, std::move(from), service_);
  } else if (others < limits_.max_connections + answered_over_limit)
    http_connection::reject(loop_, std::move(from),
                            refusal(503, "too many connections"));
  return true;
}

void acceptor::refuse(arrival from, address_refusal why) {
  loop_.count_refusal(why);
  if (answers_.take(std::chrono::steady_clock::now(), refused_answers))
    http_connection::reject(loop_, std::move(from), too_many(why));
}

void acceptor::retry_later(error_code ec) {
  if (!std::exchange(is_short_, true))
    log::warn("accept paused", "error", ec.message());
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
