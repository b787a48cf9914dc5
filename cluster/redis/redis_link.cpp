#include "cluster/redis/redis_link.hpp"

#include "configs/log.hpp"
#include "net/io_loop.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery {

namespace {

/// Number of checks of a connection per ping interval.
constexpr unsigned looks_per_ping = 3;

/// Maximum addresses of one host name that are tried in one attempt.
constexpr std::size_t most_addresses = 4;

constexpr std::string_view nonsense = "not the answer of a Redis";

} // namespace

redis_link::redis_link(io_loop& loop, const redis_options& options,
                       std::string_view name, redis_reply::limits bounds,
                       std::function<double()> random)
  : loop_{loop},
    options_{options},
    name_{name},
    bounds_{bounds},
    pauses_{std::move(random), options.pauses},
    timer_{loop.context()},
    resolver_{loop.context()},
    errors_{name} {}

void redis_link::begin() {
  if (state_ == link_state::stopped)
    resolve();
}

void redis_link::end() {
  state_ = link_state::stopped;
  ++attempt_;
  ++timer_use_;
  timer_.cancel();
  resolver_.cancel();
  disconnect();
}

void redis_link::resolve() {
  ++attempt_;
  state_ = link_state::resolving;
  after(options_.connect_timeout, &redis_link::deadline_passed);
  const auto& host = options_.server.host;
  const auto port = options_.server.port;
  boost::system::error_code ec;
  const auto address = boost::asio::ip::make_address(host, ec);
  if (!ec)
    return resolved({tcp::endpoint{address, port}});
  resolver_.async_resolve(
    host, std::to_string(port), tcp::resolver::numeric_service,
    [self = shared_from_this(), attempt = attempt_](
      boost::system::error_code ec, const tcp::resolver::results_type& found) {
      if (self->attempt_ != attempt)
        return;
      if (ec)
        return self->lost(ec.message());
      if (found.empty())
        return self->lost("host not found");
      self->resolved({found.begin(), found.end()});
    });
}

void redis_link::resolved(std::vector<tcp::endpoint> endpoints) {
  endpoints_ = std::move(endpoints);
  if (endpoints_.size() > most_addresses)
    endpoints_.resize(most_addresses);
  // Begin with another address after each loss, so that one that never answers
  // does not block the others.
  const auto first = losses_ % endpoints_.size();
  std::rotate(endpoints_.begin(),
              endpoints_.begin() + static_cast<std::ptrdiff_t>(first),
              endpoints_.end());
  std::reverse(endpoints_.begin(), endpoints_.end());
  connect_next();
}

void redis_link::connect_next() {
  state_ = link_state::connecting;
  const auto where = endpoints_.back();
  endpoints_.pop_back();
  stream_ = redis_connection::open(loop_, where, bounds_, *this);
}

void redis_link::disconnect() {
  if (!stream_)
    return;
  const auto closed = std::move(stream_);
  unsent_ = closed->unsent();
  closed->close();
  forget();
}

void redis_link::opened() {
  state_ = link_state::signing_in;
  endpoints_.clear();
  asks_role_ = true;
  const auto& server = options_.server;
  if (!server.password.empty()) {
    if (server.user.empty())
      send(own_command::auth,
           std::array<std::string_view, 2>{"AUTH", server.password});
    else
      send(own_command::auth, std::array<std::string_view, 3>{
                                "AUTH", server.user, server.password});
  }
  send(own_command::ping, std::array<std::string_view, 1>{"PING"});
  send(own_command::role, std::array<std::string_view, 1>{"ROLE"});
}

void redis_link::answer(own_command what, const redis_reply& reply) {
  switch (what) {
  case own_command::auth:
    return answer_auth(reply);
  case own_command::ping:
    return answer_ping(reply);
  case own_command::role:
    return answer_role(reply);
  }
}

void redis_link::answer_auth(const redis_reply& reply) {
  if (reply.type(0) == redis_reply::kind::error) {
    const auto what = read_secret_error(reply.text(0));
    note_error(what, "AUTH");
    return lost(what.text);
  }
  if (reply.type(0) != redis_reply::kind::status || reply.text(0) != "OK")
    lost(nonsense);
}

// Any answer but nonsense is a sign of life: Redis refuses a PING, too, while
// it cannot save or a script runs, and all the time Pub/Sub goes on.
void redis_link::answer_ping(const redis_reply& reply) {
  if (reply.type(0) == redis_reply::kind::error)
    tolerates(read_redis_error(reply.text(0)), "PING");
  else if (reply.type(0) != redis_reply::kind::status
           || reply.text(0) != "PONG")
    lost(nonsense);
}

void redis_link::answer_role(const redis_reply& reply) {
  if (reply.type(0) == redis_reply::kind::error) {
    const auto what = read_redis_error(reply.text(0));
    if (what.denies_command())
      asks_role_ = false;
    if (tolerates(what, "ROLE"))
      signed_in();
    return;
  }
  if (reply.type(0) != redis_reply::kind::array || reply.size() < 2
      || reply.type(1) != redis_reply::kind::text)
    return lost(nonsense);
  const auto role = reply.text(1);
  if (role == "master")
    return signed_in();
  lost_master(role == "slave" ? "is a replica" : "is no Redis with data");
}

void redis_link::signed_in() {
  if (state_ != link_state::signing_in)
    return;
  state_ = link_state::restoring;
  up_since_ = clock::now();
  heard_ = true;
  looks_ = 0;
  watch();
  prepare();
}

bool redis_link::tolerates(const redis_error& what, std::string_view subject) {
  note_error(what, subject);
  if (what.is_of_replica())
    lost_master(what.text);
  else if (what.ends_link())
    lost(what.text);
  return !what.ends_link();
}

void redis_link::lost_master(const std::string& reason) {
  if (state_ == link_state::stopped)
    return;
  lost(reason);
  found_no_master(reason);
}

void redis_link::deadline_passed() {
  endpoints_.clear();
  lost("no answer in time");
}

void redis_link::ready() {
  state_ = link_state::up;
  log::info("redis link up", "link", name_);
  went_up();
}

void redis_link::watch() {
  after(options_.ping_interval / looks_per_ping, &redis_link::look);
}

void redis_link::look() {
  if (is_overdue())
    return lost("no answer in time");
  if (++looks_ % looks_per_ping == 0) {
    if (!std::exchange(heard_, false))
      return lost("no sign of life");
    send(own_command::ping, std::array<std::string_view, 1>{"PING"});
    if (asks_role_ && can_ask_role())
      send(own_command::role, std::array<std::string_view, 1>{"ROLE"});
  }
  watch();
  look_after();
}

void redis_link::lost(std::string_view reason) {
  if (state_ == link_state::stopped || state_ == link_state::waiting)
    return;
  const auto was = state_;
  ++attempt_;
  disconnect();
  if (was == link_state::connecting && !endpoints_.empty())
    return connect_next();
  state_ = link_state::waiting;
  ++losses_;
  tell_loss(reason);
  const auto had_served = was == link_state::restoring || was == link_state::up;
  // Reset the backoff only after the link stayed up for a while.
  if (had_served && clock::now() - up_since_ > options_.pauses.longest)
    pauses_.reset();
  wait_to_retry();
  if (had_served)
    went_down();
}

void redis_link::wait_to_retry() {
  resolver_.cancel();
  after(pauses_.next(), &redis_link::resolve);
}

void redis_link::tell_loss(std::string_view reason) {
  last_reason_ = reason;
  const auto count = loss_pace_.due(reason, clock::now());
  if (!count)
    return;
  log::warn("redis link down", "link", name_, "reason", reason, "host",
            options_.server.host, "port", options_.server.port, "count",
            *count);
}

void redis_link::after(std::chrono::milliseconds delay,
                       void (redis_link::*then)()) {
  timer_.expires_after(delay);
  timer_.async_wait([self = shared_from_this(), use = ++timer_use_,
                     then](boost::system::error_code ec) {
    if (!ec && self->timer_use_ == use)
      ((*self).*then)();
  });
}

} // namespace rookery
