#include "bench/limit/redis_bus.hpp"

#include <stdexcept>

namespace rookery::limit {

namespace {

std::string_view text_of(const redisReply& reply) {
  return {reply.str, static_cast<std::size_t>(reply.len)};
}

void refuse_error(const redisReply& reply) {
  if (reply.type == REDIS_REPLY_ERROR)
    throw std::runtime_error{"Redis: " + std::string{text_of(reply)}};
}

} // namespace

redis_bus::redis_bus(poller& events, const redis_address& where,
                     bus_events handlers)
  : handlers_(std::move(handlers)),
    publisher_(events, where),
    subscriber_(events, where) {}

void redis_bus::publish(std::string_view channel, std::string_view payload) {
  publisher_.append("PUBLISH", channel, payload);
}

void redis_bus::subscribe(std::string_view channel) {
  subscriber_.append("SUBSCRIBE", channel);
}

void redis_bus::unsubscribe(std::string_view channel) {
  subscriber_.append("UNSUBSCRIBE", channel);
}

void redis_bus::flush() {
  publisher_.flush();
  subscriber_.flush();
}

bool redis_bus::handle(void* owner, std::uint32_t events) {
  if (owner != &publisher_ && owner != &subscriber_)
    return false;
  const bool has_input = (events & ~EPOLLOUT) != 0; // `flush` handles output
  if (has_input && owner == &publisher_)
    publisher_.read(refuse_error);
  else if (has_input)
    subscriber_.read([this](const redisReply& reply) { heard(reply); });
  return true;
}

void redis_bus::heard(const redisReply& reply) const {
  refuse_error(reply);
  if (reply.type != REDIS_REPLY_ARRAY || reply.elements != 3)
    return;
  const auto kind = text_of(*reply.element[0]);
  const auto channel = text_of(*reply.element[1]);
  if (kind == "message")
    handlers_.on_message(channel, text_of(*reply.element[2]));
  else if (kind == "subscribe")
    handlers_.on_subscribed(channel);
}

} // namespace rookery::limit
