#include "actors/centrifuge/centrifuge_connection.hpp"

#include "actors/centrifuge/centrifuge_pushes.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/loop_services.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace rookery {

namespace {

/// The maximum bytes of a frame before the client is let in: room for a connect
/// command with a token and with subscriptions to recover.
constexpr std::size_t longest_connect = 64 * 1024;

} // namespace

centrifuge_connection::centrifuge_connection(caf::actor_config& config,
                                             centrifuge_services& services,
                                             centrifuge_request request)
  : centrifuge_client{config, services, request.frame_pings,
                      std::move(request.fields)},
    handshake_{*this},
    subscriptions_{*this},
    requests_{*this} {}

void centrifuge_connection::on_begin() {
  socket().open();
}

std::size_t centrifuge_connection::longest_message() const noexcept {
  const auto longest = services().rules.max_message;
  return handshake_.has_passed() ? longest : std::min(longest, longest_connect);
}

std::optional<client_input>
centrifuge_connection::read(const client_input& what) {
  if (what.payload.size() > services().rules.max_message) {
    end(close_reason::message_too_big);
    return std::nullopt;
  }
  // The connect command is carried out after the backend has answered.
  if (handshake_.is_asking())
    return what;
  std::optional<client_input> rest;
  {
    const collecting all{*this};
    auto& codec = *services().codec;
    codec.begin(what.payload, what.commands);
    if (!read_commands())
      rest = {codec.rest(), what.kind, codec.count() - 1};
  }
  flush();
  return rest;
}

/// Carries out the commands of the codec's frame. Returns false if the last
/// decoded one has to wait.
bool centrifuge_connection::read_commands() {
  auto& codec = *services().codec;
  centrifuge_command command;
  for (;;) {
    switch (codec.next(command)) {
    case decoded::malformed:
      end(close_reason::bad_request);
      return true;
    case decoded::end:
      return true;
    case decoded::command:
      if (is_undecided(command) || !may_begin(credits(), pool_of(command)))
        return false;
      carry_out(command);
    }
    if (handshake_.is_asking())
      return false;
    // Ignore the rest of a frame after a failed connect command.
    if (is_over() || handshake_.has_failed())
      return true;
  }
}

/// Returns true if the command ends a subscription about which a backend has to
/// decide first: both are answered in their order.
bool centrifuge_connection::is_undecided(
  const centrifuge_command& command) const {
  const auto* request = std::get_if<unsubscribe_request>(&command.body);
  const auto* channel = request ? channels().find(request->channel) : nullptr;
  return channel && channel->is_reserved;
}

/// Returns the pool whose credit the command needs; null if it concerns only
/// this loop.
credit_pool*
centrifuge_connection::pool_of(const centrifuge_command& command) const {
  auto& pools = credits();
  const auto& names = services().names;
  const auto& body = command.body;
  if (const auto* publish = std::get_if<publish_request>(&body))
    return names.of(publish->channel).hook_publish ? &pools.questions
                                                   : &pools.publishes;
  if (const auto* subscribe = std::get_if<subscribe_request>(&body))
    return subscribe->token.empty()
               && names.of(subscribe->channel).hook_subscribe
             ? &pools.questions
             : &pools.subscriptions;
  if (std::holds_alternative<unsubscribe_request>(body))
    return &pools.subscriptions;
  if (std::holds_alternative<rpc_request>(body))
    return &pools.questions;
  if (std::holds_alternative<presence_request>(body)
      || std::holds_alternative<presence_stats_request>(body)
      || std::holds_alternative<client_history_request>(body))
    return &pools.reads;
  return nullptr;
}

void centrifuge_connection::carry_out(const centrifuge_command& command) {
  const auto connects = std::holds_alternative<connect_request>(command.body);
  if (handshake_.has_failed() || connects != handshake_.is_awaited())
    return end(close_reason::bad_request);
  if (lifetime().end_if_expired(*this))
    return;
  std::visit([&](const auto& request) { handle(command.id, request); },
             command.body);
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const connect_request& request) {
  handshake_.connect(id, request);
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const unsubscribe_request& request) {
  if (request.channel.empty())
    return end(close_reason::bad_request);
  if (subscriptions_.unsubscribe(request.channel) && handshake_.is_joining())
    handshake_.give_up();
  reply(id, unsubscribe_result{});
}

void centrifuge_connection::handle(std::uint32_t id,
                                   const refresh_request& request) {
  lifetime().refresh(*this, id, request);
}

void centrifuge_connection::handle(std::uint32_t, const send_request&) {
  end(close_reason::not_available);
}

void centrifuge_connection::handle(std::uint32_t id, const ping_request&) {
  fail(id, centrifuge_fault::not_available);
}

void centrifuge_connection::handle(std::uint32_t, const pong&) {
  if (!lifetime().take_pong())
    end(close_reason::bad_request);
}

pinger centrifuge_connection::ping_due() {
  if (!handshake_.has_passed()) {
    lifetime().end_if_stale(*this);
    return pinger::nobody;
  }
  if (!lifetime().end_if_expired(*this)) {
    subscriptions_.end_expired();
    flush();
  }
  return is_over() || !handshake_.is_done() ? pinger::nobody
                                            : lifetime().ping(*this);
}

void centrifuge_connection::overdue(subscription& to) {
  auto* channel = channels().of(to);
  if (is_over() || !channel || channel->is_in)
    return;
  // The channel may call within the call that joins it.
  channel->place = &to;
  subscriptions_.end_overdue(*channel);
  flush();
}

void centrifuge_connection::subscribed(subscription& to,
                                       const member_entry& how) {
  auto* channel = channels().of(to);
  if (is_over() || !channel)
    return;
  channels().confirm(*channel, to);
  if (channel->is_server_side && handshake_.is_joining()) {
    note(journal_kind::subscribed, channel->name);
    handshake_.confirm(channel->name, how);
  } else {
    subscriptions_.confirmed(*channel, how);
  }
  flush();
}

bool centrifuge_connection::wants(const subscription& place,
                                  publication_event event) const noexcept {
  const auto is_message = event == publication_event::message;
  if (is_message && channels().are_all_in())
    return true;
  const auto* channel = channels().of(place);
  return channel && channel->is_in && (is_message || channel->gets_presence);
}

bool centrifuge_connection::deliver(subscription& to, frame_cache& frames) {
  if (is_over())
    return false;
  if (!wants(to, frames.event()))
    return true;
  const auto& bytes = frames.frame_for(centrifuge_json_format);
  if (!bytes) {
    end(close_reason::inappropriate_protocol);
    return false;
  }
  return frames.can_wait() ? offer_frame(bytes) : send_frame(bytes);
}

bool centrifuge_connection::has_room() {
  return !is_congested();
}

void centrifuge_connection::on_ended() {
  requests_.drop();
  centrifuge_client::on_ended();
}

void centrifuge_connection::on_room() {
  channels().resume();
}

void centrifuge_connection::missed(subscription& to, gap_reason) {
  auto* channel = channels().of(to);
  if (is_over() || !channel || !channel->is_in)
    return;
  subscriptions_.missed(*channel);
  flush();
}

void centrifuge_connection::renamed(subscription& to, const stream_position&) {
  auto* channel = channels().of(to);
  if (is_over() || !channel || !channel->is_in || !channel->is_positioned)
    return;
  // A client learns the epoch when it subscribes, and recovers there.
  subscriptions_.missed(*channel);
  flush();
}

void centrifuge_connection::carry_out(const client_command& command) {
  if (is_over() || !handshake_.is_done())
    return;
  const auto obey_it = [&] {
    std::visit([this](const auto& action) { obey(action); }, command.action);
    flush();
  };
  guarded(obey_it, [this](std::string_view what) { failed("command", what); });
}

void centrifuge_connection::obey(const disconnect_action& action) {
  if (std::ranges::find(action.except, client_id()) == action.except.end())
    end(action.how);
}

void centrifuge_connection::obey(const refresh_action& action) {
  if (action.has_expired)
    end(close_reason::connection_expired);
  else
    lifetime().expire_at(action.expires_at);
}

void centrifuge_connection::publish_answered(const publish_outcome& result) {
  requests_.answered(result);
}

void centrifuge_connection::history_answered(const history_answer& answer) {
  requests_.answered(answer);
}

void centrifuge_connection::presence_answered(const presence_answer& answer) {
  requests_.answered(answer);
}

} // namespace rookery
