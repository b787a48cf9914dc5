#include "cluster/redis/redis_subscribe_link.hpp"

#include "cluster/redis/redis_command.hpp"
#include "configs/log.hpp"

namespace rookery {

namespace {

redis_reply::limits reply_limits(const redis_options& options) {
  redis_reply::limits result;
  // The largest array is the answer to ROLE, with four elements per replica.
  result.elements = 1024;
  result.depth = 2;
  // A message has a type, a name and a payload.
  result.bytes = options.reply_bytes + 1024;
  return result;
}

} // namespace

redis_subscribe_link::redis_subscribe_link(io_loop& loop,
                                           const redis_options& options,
                                           subscribe_events& events,
                                           std::function<double()> random)
  : redis_link{loop, options, "subscribe", reply_limits(options),
               std::move(random)},
    events_{events} {}

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

void redis_subscribe_link::renew(std::string_view name) {
  names_.renew(name);
  plan_flush();
}

void redis_subscribe_link::forget() {
  names_.restart();
  sent_.clear();
}

void redis_subscribe_link::send(own_command what, arguments command) {
  stream()->send(command);
  sent_.push_back({what, clock::now()});
}

void redis_subscribe_link::prepare() {
  names_.restart();
  progress_at_ = clock::now();
  plan_flush();
  become_ready_if_restored();
}

bool redis_subscribe_link::is_overdue() {
  const auto limit = clock::now() - options().answer_timeout;
  return (!sent_.empty() && sent_.front().since < limit)
         || (state() == link_state::restoring && progress_at_ < limit);
}

void redis_subscribe_link::look_after() {
  names_.retry(clock::now());
  plan_flush();
}

void redis_subscribe_link::become_ready_if_restored() {
  if (state() == link_state::restoring && names_.restored())
    ready();
}

void redis_subscribe_link::refused(const redis_reply& part) {
  // The type and the name of a message arrive before the payload that is too
  // large.
  if (part.size() == 3 && part.text(1) == "message")
    events_.oversized(part.text(2));
  log::warn("publication too large", "link", "subscribe", "limit",
            options().reply_bytes);
  lost("reply too large");
}

void redis_subscribe_link::replied(const redis_reply& reply) {
  if (reply.type(0) == redis_reply::kind::array && is_serving())
    return handle_list(reply);
  if (sent_.empty())
    return lost("not the answer of a Redis");
  progress_at_ = clock::now();
  if (reply.type(0) == redis_reply::kind::error
      && !std::holds_alternative<own_command>(sent_.front().what))
    return handle_error(reply);
  handle_own(reply);
}

void redis_subscribe_link::handle_own(const redis_reply& reply) {
  if (sent_.empty() || !std::holds_alternative<own_command>(sent_.front().what))
    return lost("not the answer of a Redis");
  const auto what = std::get<own_command>(sent_.front().what);
  sent_.pop_front();
  answer(what, reply);
}

void redis_subscribe_link::handle_error(const redis_reply& reply) {
  const auto command = std::move(sent_.front());
  sent_.pop_front();
  if (command.confirmed > 0)
    return lost("not the answer of a Redis");
  const auto what = read_redis_error(reply.text(0));
  // If one of many names was denied, each of them is judged alone.
  const auto is_verdict = command.names.size() == 1 || !what.denies_command();
  if (is_verdict && !tolerates(what, command.names.front()))
    return;
  const auto type = std::get<redis_subscriptions::command>(command.what);
  if (is_verdict && what.denies_command()
      && type == redis_subscriptions::command::subscribe)
    events_.denied(command.names.front());
  names_.refuse(type, command.names, what.denies_command(), clock::now());
  plan_flush();
  become_ready_if_restored();
}

/// Returns true if the confirmation is the next one that Redis owes.
bool redis_subscribe_link::confirms(redis_subscriptions::command what,
                                    std::string_view name) {
  using variant = decltype(sent_command::what);
  if (sent_.empty() || sent_.front().what != variant{what}
      || sent_.front().names[sent_.front().confirmed] != name)
    return false;
  if (++sent_.front().confirmed == sent_.front().names.size())
    sent_.pop_front();
  return true;
}

void redis_subscribe_link::handle_list(const redis_reply& reply) {
  using enum redis_subscriptions::command;
  if (reply.is_list_of(3)) {
    const auto type = reply.text(1);
    const auto name = reply.text(2);
    if (type == "message")
      return events_.received(name, reply.text(3));
    progress_at_ = clock::now();
    if (type == "subscribe" && confirms(subscribe, name)
        && names_.subscribed(name)) {
      if (names_.is_wanted(name))
        events_.confirmed(name);
      plan_flush();
      return become_ready_if_restored();
    }
    if (type == "unsubscribe" && confirms(unsubscribe, name)
        && names_.unsubscribed(name))
      return plan_flush();
  }
  if (!reply.is_list_of(2) || reply.text(1) != "pong")
    return lost("not the answer of a Redis");
  // The answer to a PING while something is subscribed.
  if (sent_.empty()
      || sent_.front().what != decltype(sent_command::what){own_command::ping})
    return lost("an answer is missing");
  sent_.pop_front();
}

void redis_subscribe_link::plan_flush() {
  if (auto* open = stream())
    open->plan_flush();
}

bool redis_subscribe_link::flushing(std::string& output) {
  const auto is_more = collect_commands(output);
  become_ready_if_restored();
  return is_more;
}

bool redis_subscribe_link::collect_commands(std::string& output) {
  if (!is_serving())
    return false;
  while (output.size() < options().command_bytes) {
    const auto command = names_.take(options().names_per_command, batch_);
    if (command == redis_subscriptions::command::none)
      return false;
    sent_.push_back({command, clock::now(), batch_});
    batch_.insert(batch_.begin(),
                  command == redis_subscriptions::command::subscribe
                    ? "SUBSCRIBE"
                    : "UNSUBSCRIBE");
    append_redis_command(output, batch_);
  }
  return true;
}

} // namespace rookery
