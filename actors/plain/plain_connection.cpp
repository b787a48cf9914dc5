#include "actors/plain/plain_connection.hpp"

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/message/position_text.hpp"
#include "actors/message/sse_event.hpp"
#include "actors/plain/notice.hpp"
#include "actors/runtime/light_handlers.hpp"

#include <utility>

namespace rookery {

plain_connection::plain_connection(caf::actor_config& config,
                                   loop_services& services,
                                   plain_request request)
  : light_actor{config},
    services_{services},
    since_{std::move(request.since)},
    channel_{std::move(request.channel)},
    form_{request.form},
    recovers_{since_ != nullptr},
    may_subscribe_{request.may_subscribe && services.rules.subscribe},
    may_publish_{request.may_publish && services.rules.publish} {
  if (request.pass)
    bearer_ =
      std::make_unique<plain_bearer>(std::move(*request.pass), services, *this);
  if (!request.notice_tag.empty())
    notice_tag_ = std::make_unique<std::string>(std::move(request.notice_tag));
}

void plain_connection::begin() {
  count_open();
  if (may_subscribe_)
    place_ = services_.channels.join(channel_, *this, std::move(since_));
  else
    open();
}

void plain_connection::open() {
  open_ = true;
  // Before it opens the socket knows its address without asking the kernel.
  note(journal_kind::connected);
  socket().open();
}

void plain_connection::message(std::string_view payload, payload_kind kind) {
  count_handled();
  if (!may_publish_) {
    socket().close(close_reason::policy_violation);
    return;
  }
  const auto refused = services_.bus.publish(
    self_ptr(), publication::make(channel_, payload, kind), 0,
    acknowledge::on_problem);
  if (refused)
    end_publish(*refused);
}

void plain_connection::open_overdue() {
  open();
}

void plain_connection::end(close_reason reason) {
  if (!gone_)
    socket().close(reason);
}

pinger plain_connection::ping_due() {
  if (bearer_ && bearer_->has_expired()) {
    end(close_reason::connection_expired);
    return pinger::nobody;
  }
  return pinger::session;
}

close_status plain_connection::status_for(close_reason reason) const noexcept {
  if (reason == close_reason::dictated && bearer_)
    return {bearer_->dictated().code, bearer_->dictated().text};
  return status_of(reason);
}

void plain_connection::closed(close_reason reason) {
  note_closed(reason);
  end_ = reason;
  gone_ = true;
  quit();
}

void plain_connection::subscribed(subscription& to, const admission& how) {
  // Let in before the bus confirmed: what came in between is lost, unless it is
  // among what is recovered.
  const auto is_late = open_;
  if (!is_late)
    open();
  note(journal_kind::subscribed);
  if (!how.is_recovered && (is_late || recovers_)) {
    const auto reason =
      is_late ? gap_reason::late_subscription : gap_reason::trimmed;
    note(journal_kind::gap, 0, to_string(reason));
    missed(to, reason);
  }
  catch_up(how);
}

/// Tells the client where it comes in, and what it has missed.
void plain_connection::catch_up(const admission& how) {
  if (how.position == nullptr)
    return;
  auto start = *how.position;
  start.offset -= how.missed.size();
  if (form_ == wire::sse)
    socket().deliver(encode_sse_id(to_text(start)));
  else if (notice_tag_)
    socket().deliver(encode_position_notice(*notice_tag_, start));
  for (const auto& each : how.missed)
    socket().deliver(frame_cache{*each}.frame_for(form_));
}

bool plain_connection::deliver(subscription&, frame_cache& frames) {
  // Joins and leaves are nothing that anybody has said.
  return frames.event() != publication_event::message
         || socket().deliver(frames.frame_for(form_));
}

void plain_connection::missed(subscription&, gap_reason reason) {
  if (open_ && tells_gaps())
    socket().deliver(encode_gap_notice(
      form_, notice_tag_ ? std::string_view{*notice_tag_} : "", reason));
}

light_actor::outcome plain_connection::receive(caf::mailbox_element& element,
                                               caf::message& reply) {
  using handlers =
    light_handlers<connection_actor, &plain_connection::end_publish,
                   &plain_connection::ignore_history,
                   &plain_connection::ignore_presence,
                   &plain_connection::ignore_tick, &plain_connection::look>;
  return handlers::invoke(*this, element.content(), reply) ? outcome::handled
                                                           : outcome::unmatched;
}

void plain_connection::end_publish(const publish_outcome& result) {
  if (gone_ || result.verdict == publish_verdict::accepted)
    return;
  if (notice_tag_)
    socket().deliver(encode_publish_notice(*notice_tag_, result));
  else
    socket().close(result.verdict == publish_verdict::refused
                     ? close_reason::publish_refused
                     : close_reason::publish_unknown);
}

void plain_connection::on_exit() {
  count_closed();
  leave();
  bearer_.reset();
  if (!gone_)
    socket().close(close_reason::going_away);
}

void plain_connection::leave() {
  if (const auto place = std::move(place_))
    services_.channels.leave(place, end_);
}

void plain_connection::describe(snapshot& out) const {
  light_actor::describe(out);
  out.add("protocol", std::string{protocol()});
  out.add("channel", channel_);
  if (bearer_) {
    out.add("user", std::string{bearer_->user()});
    out.add("client", std::string{bearer_->client_id()});
  }
  out.add_flag("open", open_);
  out.add_flag("notices", notice_tag_ != nullptr);
  if (gone_)
    return;
  out.queue_bytes = socket_state().queued_bytes();
  out.add("remote_address", socket_state().remote_address());
  out.add("round_trip_us", socket_state().round_trip().count());
}

bool plain_connection::is_chosen(const listing_query& query) const {
  const auto is_wanted = [](const std::string& wanted, std::string_view mine) {
    return wanted.empty() || wanted == mine;
  };
  return is_wanted(query.user, bearer_ ? bearer_->user() : std::string_view{})
         && is_wanted(query.channel, channel_)
         && is_wanted(query.protocol, protocol()) && query.prefix.empty()
         && query.names.empty() && !query.has_gaps;
}

std::uint64_t plain_connection::measure(listing_order order) const {
  if (!gone_ && order == listing_order::bytes)
    return socket_state().queued_bytes();
  if (!gone_ && order == listing_order::round_trip)
    return static_cast<std::uint64_t>(socket_state().round_trip().count());
  return light_actor::measure(order);
}

bool plain_connection::end_client(close_reason reason) {
  if (gone_)
    return false;
  end(reason);
  return true;
}

} // namespace rookery
