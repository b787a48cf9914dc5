#include "actors/centrifuge/centrifuge_connection.hpp"

#include "actors/centrifuge/centrifuge_codes.hpp"
#include "actors/channel/bus_access.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/runtime/short_clock.hpp"
#include "actors/runtime/wall_clock.hpp"

#include <algorithm>

namespace rookery {

namespace {

/// A client has so long for its connect command, less the second by which the
/// session may ask early and the clock may lag.
constexpr std::chrono::seconds stale_after{25 - 1};

} // namespace

centrifuge_connection::centrifuge_connection(caf::actor_config& config,
                                             centrifuge_services& services,
                                             centrifuge_request request)
  : client_connection{config},
    services_{services},
    channels_{services.shared, identity_, *this},
    frame_pings_{request.frame_pings} {
  if (!request.fields.empty())
    hooked().fields = std::move(request.fields);
}

void centrifuge_connection::on_begin() {
  begun_ = now();
  socket().open();
}

void centrifuge_connection::message(std::string_view payload, payload_kind) {
  if (is_over())
    return;
  count_handled();
  if (payload.size() > services_.rules.max_message)
    return end(close_reason::message_too_big);
  if (phase_ == phase::asking)
    return hold(payload);
  is_reading_ = true;
  read(payload);
  is_reading_ = false;
  flush();
}

void centrifuge_connection::read(std::string_view frame) {
  services_.codec->begin(frame);
  read_on();
  // The connect command is carried out when the backend has answered.
  if (phase_ == phase::asking)
    hold(frame);
}

void centrifuge_connection::read_on() {
  auto& codec = *services_.codec;
  centrifuge_command command;
  for (;;) {
    switch (codec.next(command)) {
    case decode_verdict::malformed:
      return end(close_reason::bad_request);
    case decode_verdict::end:
      return;
    case decode_verdict::command:
      carry_out(command);
    }
    // The rest of a frame whose connect command failed counts for nothing.
    if (is_over() || phase_ == phase::refused || phase_ == phase::asking)
      return;
  }
}

void centrifuge_connection::carry_out(const centrifuge_command& command) {
  const auto connects = std::holds_alternative<connect_request>(command.body);
  if (phase_ == phase::refused || connects != (phase_ == phase::fresh))
    return end(close_reason::bad_request);
  if (end_if_expired(now()))
    return;
  std::visit([&](const auto& request) { handle(command.id, request); },
             command.body);
}

bool centrifuge_connection::is_expired(
  std::chrono::sys_seconds now) const noexcept {
  return expires_at_ && now >= *expires_at_ + grace() && !is_refreshing();
}

bool centrifuge_connection::end_if_expired(std::chrono::sys_seconds now) {
  refresh_if_due(now);
  if (!is_expired(now))
    return false;
  end(close_reason::connection_expired);
  return true;
}

pinger centrifuge_connection::ping_due() {
  const auto time = now();
  if (phase_ == phase::fresh || phase_ == phase::asking
      || phase_ == phase::refused) {
    if (time - begun_ >= stale_after)
      end(close_reason::stale);
    return pinger::nobody;
  }
  if (!end_if_expired(time))
    check_subscriptions(time);
  if (is_over() || phase_ != phase::connected)
    return pinger::nobody;
  if (frame_pings_)
    return pinger::session;
  is_pinged_ = true;
  pinged_at_ = now_in_microseconds();
  send(services_.writer.ping());
  return pinger::actor;
}

void centrifuge_connection::check_subscriptions(std::chrono::sys_seconds now) {
  std::vector<std::string> expired;
  std::vector<std::string> overdue;
  for (const auto& each : channels_.all()) {
    if (each->is_over(now))
      expired.push_back(each->name);
    else if (!each->is_in && !each->is_reserved
             && std::exchange(each->is_overdue, true))
      overdue.push_back(each->name);
  }
  for (const auto& name : overdue) {
    auto* channel = channels_.find(name);
    if (!channel)
      continue;
    if (channel->is_server_side)
      return end(close_reason::internal_error);
    refuse(channel->command, name, centrifuge_fault::internal);
    channels_.remove(*channel);
  }
  for (const auto& name : expired) {
    auto* channel = channels_.find(name);
    if (!channel)
      continue;
    if (channel->is_server_side)
      return end(close_reason::subscription_expired);
    end_subscription(*channel, centrifuge_unsubscribe::subscription_expired);
  }
  flush();
}

close_status
centrifuge_connection::protocol_status(close_reason reason) const noexcept {
  return centrifuge_status_of(reason);
}

void centrifuge_connection::subscribed(subscription& to, const admission& how) {
  auto* channel = channels_.of(to);
  if (is_over() || !channel)
    return;
  channels_.confirm(*channel, to);
  const auto is_refused = channel->recovers && channel->only_recovered
                          && !how.is_recovered && !channel->is_server_side;
  if (!is_refused)
    note(journal_kind::subscribed, channel->name);
  if (channel->is_server_side && connecting_) {
    connecting_->admissions.emplace_back(channel->name, how);
    end_server_side_wait();
  } else if (channel->is_server_side) {
    tell_subscribed(*channel, how);
  } else if (is_refused) {
    refuse(channel->command, channel->name,
           centrifuge_fault::unrecoverable_position);
    channels_.remove(*channel);
  } else {
    const subscribe_answer answer{*channel, how, now()};
    reply(channel->command, answer.result());
    channels_.enter(*channel);
  }
  flush();
}

bool centrifuge_connection::hears(const subscription& to,
                                  publication_event event) noexcept {
  if (event == publication_event::message && channels_.are_all_in())
    return true;
  const auto* channel = channels_.of(to);
  return channel && channel->is_in
         && (event == publication_event::message || channel->hears_presence);
}

bool centrifuge_connection::deliver(subscription& to, frame_cache& frames) {
  if (is_over())
    return false;
  if (!hears(to, frames.event()))
    return true;
  services_.writer.flush(*this);
  return pass(frames.frame_for(wire::centrifuge_json));
}

void centrifuge_connection::missed(subscription& to, gap_reason) {
  auto* channel = channels_.of(to);
  if (is_over() || !channel || !channel->is_in)
    return;
  if (!channel->is_positioned) {
    // The protocol has no word for it: who wants to know of gaps asks for a
    // position, in a channel with history.
    ++untold_gaps_;
    return;
  }
  if (channel->is_server_side)
    return end(close_reason::insufficient_state);
  end_subscription(*channel, centrifuge_unsubscribe::insufficient_state);
  flush();
}

void centrifuge_connection::end_subscription(client_channel& which,
                                             centrifuge_unsubscribe code) {
  const auto name = which.name;
  note_unsubscribed(name, code);
  channels_.remove(which, code == centrifuge_unsubscribe::insufficient_state
                            ? close_reason::insufficient_state
                            : close_reason::subscription_expired);
  services_.writer.add(*this, centrifuge_push{name, unsubscribe_push{code}});
}

bool centrifuge_connection::pass(const frame_ptr& bytes) {
  if (is_over())
    return false;
  if (!connecting_)
    return socket().deliver(bytes);
  if (connecting_->held_bytes + bytes->size() > max_held) {
    end(close_reason::insufficient_state);
    return false;
  }
  connecting_->held_bytes += bytes->size();
  connecting_->held.push_back(bytes);
  return true;
}

void centrifuge_connection::fail(std::uint32_t id, centrifuge_fault fault) {
  reply(id, error_of(fault));
}

void centrifuge_connection::refuse(std::uint32_t id,
                                   const centrifuge_refusal& why) {
  if (const auto* reason = std::get_if<close_reason>(&why))
    end(*reason);
  else
    fail(id, std::get<centrifuge_fault>(why));
}

void centrifuge_connection::flush() {
  if (!is_reading_)
    services_.writer.flush(*this);
}

void centrifuge_connection::on_ending() {
  services_.writer.flush(*this);
  connecting_.reset();
}

std::chrono::sys_seconds centrifuge_connection::now() const {
  return services_.clock.now();
}

void centrifuge_connection::on_ended() {
  services_.writer.forget(*this);
  if (named_client::is_linked())
    services_.shared.clients.erase(*this);
  connecting_.reset();
  channels_.clear(closed_for());
  tell_gone(closed_for());
}

std::uint64_t& centrifuge_connection::meter() const noexcept {
  constexpr auto which = client_protocol::centrifuge;
  return home()->record().meters.connections[static_cast<std::size_t>(which)];
}

bool centrifuge_connection::is_on(std::string_view channel) const {
  return std::ranges::any_of(
    channels_.all(), [&](const auto& each) { return each->name == channel; });
}

void centrifuge_connection::describe_client(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("user", identity_.user);
  out.add("client", identity_.client);
  out.add_flag("connected", is_connected());
  out.add("subscriptions", number(channels_.size()));
  out.add("waiting", number(waiting_));
  out.add("untold_gaps", number(untold_gaps_));
}

/// The round trip of the protocol's pings or of WebSocket's.
std::chrono::microseconds centrifuge_connection::round_trip() const {
  return frame_pings_ ? client_connection::round_trip()
                      : std::chrono::microseconds{round_trip_};
}

} // namespace rookery
