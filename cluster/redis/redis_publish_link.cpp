#include "cluster/redis/redis_publish_link.hpp"

#include "cluster/bridge/history_scripts.hpp"
#include "cluster/bridge/presence_scripts.hpp"
#include "cluster/bridge/webhook_scripts.hpp"
#include "configs/log.hpp"

#include <array>

namespace rookery {

namespace {

/// A page of a history or a listing of presence is the largest reply.
redis_reply::limits reply_limits(const redis_options& options) {
  redis_reply::limits result;
  result.elements = 4 * longest_page;
  result.depth = 2;
  result.bytes = longest_page_bytes + options.reply_bytes + 64 * 1024;
  return result;
}

/// Bytes of a PUBLISH besides its name and payload, at most.
constexpr std::size_t command_overhead = 64;

} // namespace

redis_publish_link::redis_publish_link(io_loop& loop,
                                       const redis_options& options,
                                       publish_events& events,
                                       std::function<double()> random)
  : redis_link{loop, options, "publish", reply_limits(options),
               std::move(random)},
    events_{events},
    window_{options.unanswered_bytes} {}

std::optional<publish_problem>
redis_publish_link::publish(std::string_view name, std::string_view payload,
                            std::uint64_t ticket) {
  auto problem = publish_problem::none;
  if (!has_room_for(name.size() + payload.size() + command_overhead, problem))
    return problem;
  const auto size =
    stream()->send(std::array<std::string_view, 3>{"PUBLISH", name, payload});
  await(ticket, size, false);
  return std::nullopt;
}

std::optional<publish_problem>
redis_publish_link::call(std::string_view command, std::uint64_t ticket) {
  auto problem = publish_problem::none;
  if (!has_room_for(command.size(), problem))
    return problem;
  if (!has_scripts_)
    return publish_problem::rejected;
  stream()->send_encoded(command);
  await(ticket, command.size(), true);
  return std::nullopt;
}

bool redis_publish_link::has_room_for(std::size_t bytes,
                                      publish_problem& problem) const {
  if (state() != link_state::up)
    problem = publish_problem::bus_down;
  else if (!window_.has_room_for(bytes))
    problem = publish_problem::overloaded;
  return problem == publish_problem::none;
}

void redis_publish_link::await(std::uint64_t ticket, std::size_t bytes,
                               bool is_call) {
  ++sent_;
  window_.push({ticket, bytes, publish_window::clock::now(), is_call});
}

void redis_publish_link::prepare() {
  const auto load = [this](const auto& scripts) {
    for (const auto* script : scripts) {
      ++loading_;
      send(std::array<std::string_view, 3>{"SCRIPT", "LOAD", script->text()});
    }
  };
  has_scripts_ = true;
  load(history_scripts());
  load(presence_scripts());
  load(webhook_scripts());
}

void redis_publish_link::forget() {
  sent_ = answered_ = 0;
  loading_ = 0;
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
    return handle_answer(reply);
  plain_.pop_front();
  handle_plain(reply);
}

void redis_publish_link::handle_plain(const redis_reply& reply) {
  if (state() == link_state::signing_in)
    return answer_sign_in(reply);
  if (loading_ > 0 && reply.text(0) != "PONG")
    return handle_loaded(reply);
  if (reply.type(0) == redis_reply::kind::error)
    return lost(std::string{error_name(reply.text(0))});
  if (reply.text(0) != "PONG")
    lost("not the answer of a Redis");
}

void redis_publish_link::handle_loaded(const redis_reply& reply) {
  const auto type = reply.type(0);
  if (type == redis_reply::kind::error) {
    // A user who may only publish serves channels without history.
    if (error_name(reply.text(0)) != "NOPERM")
      return lost(std::string{error_name(reply.text(0))});
    if (std::exchange(has_scripts_, false))
      log::warn("redis user may not run scripts, histories are off");
  } else if (type != redis_reply::kind::text) {
    return lost("not the answer of a Redis");
  }
  if (--loading_ == 0)
    ready();
}

void redis_publish_link::handle_answer(const redis_reply& reply) {
  const auto type = reply.type(0);
  const auto is_error = type == redis_reply::kind::error;
  if (is_error && error_name(reply.text(0)) == "NOSCRIPT")
    return lost("NOSCRIPT");
  const auto is_call = window_.is_call_next();
  if (!is_error && !is_call && type != redis_reply::kind::integer)
    return lost("not the answer of a Redis");
  const auto item = window_.pop();
  if (is_error)
    events_.answered(item->ticket, publish_verdict::refused,
                     publish_problem::rejected);
  else if (is_call)
    events_.replied(item->ticket, reply);
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
