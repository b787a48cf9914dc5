#include "cluster/redis_publish_link.hpp"

#include "cluster/redis_parser.hpp"

#include <array>
#include <vector>

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

redis_publish_link::redis_publish_link(boost::asio::io_context& io,
                                       const redis_options& options,
                                       publish_events& events,
                                       std::function<double()> random)
  : redis_link{io, options, "publish", std::move(random)},
    events_{events},
    window_{options.unanswered_bytes},
    reply_{reply_limits()} {}

std::optional<publish_problem>
redis_publish_link::publish(std::string_view name, std::string_view payload,
                            std::uint64_t ticket) {
  if (state() != link_state::up || !fault_.empty()
      || adapter_->context() == nullptr)
    return publish_problem::bus_down;
  const auto bytes = name.size() + payload.size() + command_overhead;
  if (!window_.has_room_for(bytes))
    return publish_problem::overloaded;
  const auto& output = adapter_->context()->c.obuf;
  const auto before = sdslen(output);
  if (!append(std::array{std::string_view{"PUBLISH"}, name, payload},
              &answered_with<&redis_publish_link::handle_publish>))
    return publish_problem::bus_down;
  window_.push({ticket, sdslen(output) - before, publish_window::clock::now()});
  return std::nullopt;
}

void redis_publish_link::connect(const tcp::endpoint& where) {
  fault_.clear();
  awaited_ = 0;
  unsent_ = 0;
  const auto address = where.address().to_string();
  auto* context = redisAsyncConnect(address.c_str(), where.port());
  if (context == nullptr)
    return lost("no memory");
  if (context->err != 0) {
    redisAsyncFree(context);
    return lost("no connection");
  }
  reply_.forget();
  context->c.reader->fn = redis_reply::functions();
  context->c.reader->privdata = &reply_;
  context->data = this;
  reply_.set_awaited(false);
  adapter_ = redis_async_adapter::attach(io(), *context, *this);
  redisAsyncSetConnectCallback(
    context, [](const redisAsyncContext* context, int status) {
      if (status == REDIS_OK)
        static_cast<redis_publish_link*>(context->data)->connected();
    });
}

void redis_publish_link::disconnect() {
  if (!adapter_)
    return;
  const auto adapter = std::move(adapter_);
  if (auto* context = adapter->context()) {
    unsent_ = sdslen(context->c.obuf);
    context->data = nullptr;
  }
  adapter->close();
}

void redis_publish_link::send(arguments command) {
  if (!append(command, &answered_with<&redis_publish_link::handle_plain>))
    fault_ = "connection closed";
}

bool redis_publish_link::append(arguments command, redisCallbackFn* callback) {
  auto* context = adapter_->context();
  if (context == nullptr)
    return false;
  std::array<const char*, 4> pointers{};
  std::array<std::size_t, 4> lengths{};
  for (std::size_t i = 0; i < command.size(); ++i) {
    pointers[i] = command[i].data();
    lengths[i] = command[i].size();
  }
  const auto count = static_cast<int>(command.size());
  if (redisAsyncCommandArgv(context, callback, nullptr, count, pointers.data(),
                            lengths.data())
      != REDIS_OK)
    return false;
  ++awaited_;
  reply_.set_awaited(true);
  return true;
}

template <void (redis_publish_link::*Handle)(const redis_reply&)>
void redis_publish_link::answered_with(redisAsyncContext* context, void* reply,
                                       void*) {
  auto* self = static_cast<redis_publish_link*>(context->data);
  if (self == nullptr)
    return;
  if (reply == nullptr)
    self->unsent_ = sdslen(context->c.obuf);
  else if (self->fault_.empty())
    (self->*Handle)(self->arrived(reply));
}

const redis_reply& redis_publish_link::arrived(void* reply) {
  heard();
  --awaited_;
  reply_.set_awaited(awaited_ > 0);
  return *static_cast<const redis_reply*>(reply);
}

void redis_publish_link::handle_plain(const redis_reply& reply) {
  if (state() == link_state::signing_in)
    answer_sign_in(reply);
  else if (reply.text(0) != "PONG")
    fault_ = reply.type(0) == redis_reply::kind::error
               ? error_name(reply.text(0))
               : "not the answer of a Redis";
}

void redis_publish_link::handle_publish(const redis_reply& reply) {
  const auto type = reply.type(0);
  const auto is_error = type == redis_reply::kind::error;
  if (!is_error && type != redis_reply::kind::integer) {
    fault_ = "not the answer of a Redis";
    return;
  }
  const auto item = window_.pop();
  if (is_error)
    events_.answered(item->ticket, publish_verdict::refused,
                     publish_problem::rejected);
  else
    events_.answered(item->ticket, publish_verdict::accepted,
                     publish_problem::none);
}

void redis_publish_link::handled_io() {
  auto* context = adapter_->context();
  if (!fault_.empty())
    return lost(std::string{fault_});
  if (context == nullptr) {
    if (reply_.refused() != redis_reply::refusal::none)
      return lost("not the answer of a Redis");
    return lost(state() == link_state::connecting ? "no connection"
                                                  : "connection closed");
  }
  if (check_pending(*context->c.reader, reply_limits())
      != pending_verdict::fine)
    lost("reply too large");
}

bool redis_publish_link::is_overdue() {
  const auto oldest = window_.oldest();
  return oldest
         && publish_window::clock::now() - *oldest > options().answer_timeout;
}

void redis_publish_link::went_down() {
  fail_all();
  events_.publish_link_down();
}

void redis_publish_link::fail_all() {
  const auto seen = window_.size() - window_.unsent_items(unsent_);
  for (std::size_t i = 0; auto item = window_.pop(); ++i) {
    if (i < seen)
      events_.answered(item->ticket, publish_verdict::unknown,
                       publish_problem::link_lost);
    else
      events_.answered(item->ticket, publish_verdict::refused,
                       publish_problem::bus_down);
  }
}

} // namespace rookery
