#include "cluster/redis/redis_subscribe_link.hpp"

#include "cluster/redis/redis_command.hpp"
#include "configs/log.hpp"

namespace rookery {

namespace {

redis_reply::limits reply_limits(const redis_options& options) {
  redis_reply::limits result;
  result.elements = 8;
  result.depth = 0;
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

void redis_subscribe_link::prepare() {
  names_.restart();
  plan_flush();
  become_ready_if_restored();
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
  if (reply.type(0) == redis_reply::kind::array)
    return handle_list(reply);
  if (state() == link_state::signing_in)
    return answer_sign_in(reply);
  if (reply.type(0) == redis_reply::kind::error)
    return lost(std::string{error_name(reply.text(0))});
  // Redis answers a PING with PONG while nothing is subscribed.
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
    batch_.insert(batch_.begin(),
                  command == redis_subscriptions::command::subscribe
                    ? "SUBSCRIBE"
                    : "UNSUBSCRIBE");
    append_redis_command(output, batch_);
  }
  return true;
}

} // namespace rookery
