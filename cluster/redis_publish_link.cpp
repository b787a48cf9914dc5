#include "cluster/redis_publish_link.hpp"

#include <array>

namespace rookery {

namespace {

/// PUBLISH answers with a number, PING and AUTH with a word.
redis_reply::limits reply_limits() {
  redis_reply::limits result;
  result.elements = 8;
  result.depth = 0;
  result.bytes = 64 * 1024;
  return result;
}

/// Bytes of a PUBLISH besides its name and payload, at most.
constexpr std::size_t command_overhead = 64;

} // namespace

redis_publish_link::redis_publish_link(io_loop& loop,
                                       const redis_options& options,
                                       publish_events& events,
                                       std::function<double()> random)
  : redis_link{loop, options, "publish", reply_limits(), std::move(random)},
    events_{events},
    window_{options.unanswered_bytes} {}

std::optional<publish_problem>
redis_publish_link::publish(std::string_view name, std::string_view payload,
                            std::uint64_t ticket) {
  if (state() != link_state::up)
    return publish_problem::bus_down;
  if (!window_.has_room_for(name.size() + payload.size() + command_overhead))
    return publish_problem::overloaded;
  const auto size =
    stream()->send(std::array<std::string_view, 3>{"PUBLISH", name, payload});
  ++sent_;
  window_.push({ticket, size, publish_window::clock::now()});
  return std::nullopt;
}

void redis_publish_link::forget() {
  sent_ = answered_ = 0;
  plain_.clear();
}

void redis_publish_link::send(arguments command) {
  plain_.push_back(sent_++);
  redis_link::send(command);
}

void redis_publish_link::replied(const redis_reply& reply) {
  if (answered_ == sent_)
    return lost("not the answer of a Redis");
  const auto number = answered_++;
  if (plain_.empty() || plain_.front() != number)
    return handle_publish(reply);
  plain_.pop_front();
  handle_plain(reply);
}

void redis_publish_link::handle_plain(const redis_reply& reply) {
  if (state() == link_state::signing_in)
    return answer_sign_in(reply);
  if (reply.type(0) == redis_reply::kind::error)
    return lost(std::string{error_name(reply.text(0))});
  if (reply.text(0) != "PONG")
    lost("not the answer of a Redis");
}

void redis_publish_link::handle_publish(const redis_reply& reply) {
  const auto type = reply.type(0);
  const auto is_error = type == redis_reply::kind::error;
  if (!is_error && type != redis_reply::kind::integer)
    return lost("not the answer of a Redis");
  const auto item = window_.pop();
  if (is_error)
    events_.answered(item->ticket, publish_verdict::refused,
                     publish_problem::rejected);
  else
    events_.answered(item->ticket, publish_verdict::accepted,
                     publish_problem::none);
}

bool redis_publish_link::is_overdue() {
  const auto oldest = window_.oldest();
  return oldest
         && publish_window::clock::now() - *oldest > options().answer_timeout;
}

void redis_publish_link::went_down() {
  const auto seen = window_.size() - window_.unsent_items(unsent());
  for (std::size_t i = 0; auto item = window_.pop(); ++i) {
    if (i < seen)
      events_.answered(item->ticket, publish_verdict::unknown,
                       publish_problem::link_lost);
    else
      events_.answered(item->ticket, publish_verdict::refused,
                       publish_problem::bus_down);
  }
  events_.publish_link_down();
}

} // namespace rookery
