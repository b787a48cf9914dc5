#include "actors/centrifuge/centrifuge_connection.hpp"

#include "actors/centrifuge/centrifuge_pushes.hpp"
#include "actors/channel/frame_cache.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace rookery {

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

void centrifuge_connection::message(std::string_view payload, payload_kind) {
  if (is_over())
    return;
  count_handled();
  if (payload.size() > services().rules.max_message)
    return end(close_reason::message_too_big);
  read(payload);
}

void centrifuge_connection::read(std::string_view frame) {
  if (handshake_.is_asking())
    return handshake_.hold(frame);
  {
    const collecting all{*this};
    services().codec->begin(frame);
    read_commands();
    // The connect command is carried out after the backend has answered.
    if (handshake_.is_asking())
      handshake_.hold(frame);
  }
  flush();
}

void centrifuge_connection::read_commands() {
  auto& codec = *services().codec;
  centrifuge_command command;
  for (;;) {
    switch (codec.next(command)) {
    case decoded::malformed:
      return end(close_reason::bad_request);
    case decoded::end:
      return;
    case decoded::command:
      carry_out(command);
    }
    // Ignore the rest of a frame after a failed connect command.
    if (is_over() || handshake_.has_failed() || handshake_.is_asking())
      return;
  }
}

/// Reads the frames that were held while a backend decided about the connect
/// command.
void centrifuge_connection::read_again() {
  for (const auto& frame : handshake_.take_input()) {
    read(frame);
    if (is_over() || handshake_.has_failed())
      return;
  }
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
  handshake_.connect(id, request, [this] { read_again(); });
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
    subscriptions_.end_overdue();
    flush();
  }
  return is_over() || !handshake_.is_done() ? pinger::nobody
                                            : lifetime().ping(*this);
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
  if (bytes)
    return send_frame(bytes);
  end(close_reason::inappropriate_protocol);
  return false;
}

void centrifuge_connection::missed(subscription& to, gap_reason) {
  auto* channel = channels().of(to);
  if (is_over() || !channel || !channel->is_in)
    return;
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
