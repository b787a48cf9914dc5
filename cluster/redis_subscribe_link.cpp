#include "cluster/redis_subscribe_link.hpp"

#include "cluster/redis_command.hpp"
#include "configs/log.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/write.hpp>

namespace rookery {

namespace {

/// One read from the socket.
constexpr std::size_t input_size = 64 * 1024;

/// What the parser takes at once: it moves what is left after every reply.
constexpr std::size_t slice = 16 * 1024;

redis_reply::limits reply_limits(const redis_options& options) {
  redis_reply::limits result;
  result.elements = 8;
  result.depth = 0;
  // Type, name and payload.
  result.bytes = options.reply_bytes + 1024;
  return result;
}

} // namespace

redis_subscribe_link::redis_subscribe_link(boost::asio::io_context& io,
                                           const redis_options& options,
                                           subscribe_events& events,
                                           std::function<double()> random)
  : redis_link{io, options, "subscribe", std::move(random)}, events_{events} {}

bool redis_subscribe_link::is_serving() const noexcept {
  return state() == link_state::restoring || state() == link_state::up;
}

void redis_subscribe_link::want(std::string_view name) {
  names_.want(name);
  plan_flush();
}

void redis_subscribe_link::unwant(std::string_view name) {
  names_.unwant(name);
  plan_flush();
}

void redis_subscribe_link::connect(const tcp::endpoint& where) {
  socket_.emplace(io());
  socket_->async_connect(
    where, [this, self = shared_from_this(), number = attempt()](auto ec) {
      if (number != attempt())
        return;
      if (ec)
        return lost("no connection");
      boost::system::error_code ignored;
      socket_->set_option(tcp::no_delay{true}, ignored);
      parser_ = std::make_unique<redis_parser>(reply_limits(options()));
      connected();
      if (number == attempt())
        read();
    });
}

void redis_subscribe_link::disconnect() {
  socket_.reset();
  parser_.reset();
  input_.reset();
  writing_.reset();
  output_ = {};
  names_.restart();
}

void redis_subscribe_link::send(arguments command) {
  append_redis_command(output_, command);
  plan_flush();
}

void redis_subscribe_link::prepare() {
  names_.restart();
  plan_flush();
  become_ready_if_restored();
}

void redis_subscribe_link::become_ready_if_restored() {
  if (state() == link_state::restoring && names_.restored())
    ready();
}

void redis_subscribe_link::read() {
  if (!input_)
    input_ = std::make_shared<std::vector<char>>(input_size);
  socket_->async_read_some(
    boost::asio::buffer(*input_),
    [this, self = shared_from_this(), number = attempt(),
     input = input_](boost::system::error_code ec, std::size_t size) {
      if (number != attempt())
        return;
      if (ec)
        return lost("connection closed");
      heard();
      take({input->data(), size});
      if (number == attempt())
        read();
    });
}

void redis_subscribe_link::take(std::string_view bytes) {
  const auto number = attempt();
  while (!bytes.empty() && number == attempt()) {
    parser_->feed(bytes.substr(0, slice));
    bytes.remove_prefix(std::min(slice, bytes.size()));
    parse();
  }
}

void redis_subscribe_link::parse() {
  const auto number = attempt();
  while (number == attempt()) {
    switch (parser_->next()) {
    case redis_parser::result::need_more:
      return;
    case redis_parser::result::reply:
      handle(parser_->current());
      break;
    case redis_parser::result::too_large:
      return refuse_large();
    case redis_parser::result::nonsense:
      return lost(std::string{parser_->complaint()});
    }
  }
}

void redis_subscribe_link::refuse_large() {
  const auto& reply = parser_->current();
  // Type and name of a message come before the payload that is too large.
  if (reply.size() == 3 && reply.text(1) == "message")
    events_.oversized(reply.text(2));
  log::warn("publication too large", "link", "subscribe", "limit",
            options().reply_bytes);
  lost("reply too large");
}

void redis_subscribe_link::handle(const redis_reply& reply) {
  if (reply.type(0) == redis_reply::kind::array)
    return handle_list(reply);
  if (state() == link_state::signing_in)
    return answer_sign_in(reply);
  if (reply.type(0) == redis_reply::kind::error)
    return lost(std::string{error_name(reply.text(0))});
  // The answer to a PING while nothing is subscribed.
  if (reply.text(0) != "PONG")
    lost("not the answer of a Redis");
}

void redis_subscribe_link::handle_list(const redis_reply& reply) {
  if (is_serving() && reply.is_list_of(3)) {
    const auto type = reply.text(1);
    const auto name = reply.text(2);
    if (type == "message")
      return events_.received(name, reply.text(3));
    if (type == "subscribe" && names_.subscribed(name)) {
      if (names_.is_wanted(name))
        events_.confirmed(name);
      plan_flush();
      return become_ready_if_restored();
    }
    if (type == "unsubscribe" && names_.unsubscribed(name))
      return plan_flush();
  }
  if (!is_serving() || !reply.is_list_of(2) || reply.text(1) != "pong")
    lost("not the answer of a Redis");
}

void redis_subscribe_link::plan_flush() {
  if (flush_planned_ || writing_ || !socket_)
    return;
  flush_planned_ = true;
  boost::asio::defer(io(), [this, self = shared_from_this()] {
    flush_planned_ = false;
    flush();
  });
}

void redis_subscribe_link::flush() {
  if (!socket_ || writing_)
    return;
  collect_commands();
  become_ready_if_restored();
  if (output_.empty())
    return;
  writing_ = std::make_shared<std::string>(std::move(output_));
  output_.clear();
  boost::asio::async_write(
    *socket_, boost::asio::buffer(*writing_),
    [this, self = shared_from_this(), number = attempt(),
     bytes = writing_](boost::system::error_code ec, std::size_t) {
      if (number != attempt())
        return;
      writing_.reset();
      if (ec)
        return lost("connection closed");
      flush();
    });
}

void redis_subscribe_link::collect_commands() {
  if (!is_serving())
    return;
  while (output_.size() < options().command_bytes) {
    const auto command = names_.take(options().names_per_command, batch_);
    if (command == redis_subscriptions::command::none)
      return;
    batch_.insert(batch_.begin(),
                  command == redis_subscriptions::command::subscribe
                    ? "SUBSCRIBE"
                    : "UNSUBSCRIBE");
    append_redis_command(output_, batch_);
  }
}

} // namespace rookery
