#include "cluster/redis/redis_connection.hpp"

#include "cluster/redis/redis_command.hpp"
#include "net/io_loop.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include <algorithm>
#include <cassert>

namespace rookery {

namespace {

using error_code = boost::system::error_code;

/// Maximum bytes of one read from the socket.
constexpr std::size_t input_size = 64 * 1024;

/// Bytes passed to the parser at a time: it moves the rest after every reply.
constexpr std::size_t slice = 16 * 1024;

/// Output storage that a connection keeps; larger storage is freed.
constexpr std::size_t kept_output = 1024 * 1024;

std::string text_of(const error_code& ec) {
  return ec == boost::asio::error::eof ? "closed by Redis" : ec.message();
}

} // namespace

std::shared_ptr<redis_connection>
redis_connection::open(io_loop& loop, const tcp::endpoint& where,
                       redis_reply::limits bounds, listener& events) {
  std::shared_ptr<redis_connection> result{
    new redis_connection{loop, bounds, events}};
  result->connect(where);
  return result;
}

redis_connection::redis_connection(io_loop& loop, redis_reply::limits bounds,
                                   listener& events)
  : loop_{loop},
    events_{&events},
    socket_{loop.context()},
    parser_{bounds},
    input_(input_size) {}

redis_connection::~redis_connection() {
  assert(loop_.is_home());
}

void redis_connection::close() noexcept {
  events_ = nullptr;
  error_code ec;
  socket_.close(ec);
}

void redis_connection::connect(const tcp::endpoint& where) {
  socket_.async_connect(where, [self = shared_from_this()](error_code ec) {
    if (!self->is_open())
      return;
    if (!ec)
      self->socket_.non_blocking(true, ec);
    if (ec)
      return self->events_->failed(ec.message());
    self->socket_.set_option(tcp::no_delay{true}, ec);
    self->is_connected_ = true;
    self->events_->opened();
    self->read();
  });
}

std::size_t
redis_connection::send(std::span<const std::string_view> arguments) {
  const auto before = output_.size();
  append_redis_command(output_, arguments);
  plan_flush();
  return output_.size() - before;
}

void redis_connection::send_encoded(std::string_view command) {
  output_.append(command);
  plan_flush();
}

void redis_connection::read() {
  if (!is_open())
    return;
  socket_.async_read_some(
    boost::asio::buffer(input_),
    [self = shared_from_this()](error_code ec, std::size_t size) {
      if (!self->is_open())
        return;
      if (ec)
        return self->events_->failed(text_of(ec));
      self->events_->heard();
      self->take({self->input_.data(), size});
      self->read();
    });
}

void redis_connection::take(std::string_view bytes) {
  while (!bytes.empty() && is_open()) {
    parser_.feed(bytes.substr(0, slice));
    bytes.remove_prefix(std::min(slice, bytes.size()));
    parse();
  }
}

void redis_connection::parse() {
  while (is_open()) {
    switch (parser_.next()) {
    case redis_parser::result::need_more:
      return;
    case redis_parser::result::reply:
      events_->replied(parser_.current());
      break;
    case redis_parser::result::too_large:
      return events_->refused(parser_.current());
    case redis_parser::result::nonsense:
      return events_->failed(parser_.complaint());
    }
  }
}

void redis_connection::plan_flush() {
  if (flush_planned_ || waits_to_write_ || !is_connected_)
    return;
  flush_planned_ = true;
  loop_.at_turn_end({shared_from_this(), this});
}

void redis_connection::end_turn() {
  flush_planned_ = false;
  flush();
}

void redis_connection::flush() {
  if (!is_open())
    return;
  const auto is_more = events_->flushing(output_);
  if (!is_open())
    return;
  write();
  if (is_more)
    plan_flush();
}

void redis_connection::write() {
  while (unsent() > 0) {
    error_code ec;
    sent_ += socket_.write_some(
      boost::asio::buffer(output_.data() + sent_, unsent()), ec);
    if (ec == boost::asio::error::would_block)
      return wait_to_write();
    if (ec)
      return events_->failed(text_of(ec));
  }
  sent_ = 0;
  output_.clear();
  if (output_.capacity() > kept_output)
    output_.shrink_to_fit();
}

void redis_connection::wait_to_write() {
  waits_to_write_ = true;
  output_.erase(0, std::exchange(sent_, 0));
  socket_.async_wait(tcp::socket::wait_write,
                     [self = shared_from_this()](error_code ec) {
                       self->waits_to_write_ = false;
                       if (!ec)
                         self->flush();
                     });
}

} // namespace rookery
