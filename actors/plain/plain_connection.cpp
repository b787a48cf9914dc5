#include "actors/plain/plain_connection.hpp"

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/message/position_text.hpp"
#include "actors/message/sse_event.hpp"
#include "actors/plain/notice.hpp"

#include <utility>

namespace rookery {

plain_connection::plain_connection(caf::actor_config& config,
                                   loop_services& services,
                                   plain_request request)
  : client_connection{config},
    form_{request.form},
    recovers_{request.since != nullptr},
    may_subscribe_{request.may_subscribe},
    may_publish_{request.may_publish},
    services_{services},
    channel_{std::move(request.channel)} {
  if (request.pass)
    bearer_ =
      std::make_unique<plain_bearer>(std::move(*request.pass), services, *this);
  if (recovers_ || !request.notice_tag.empty())
    extras_ = std::make_unique<extras>(
      extras{std::move(request.notice_tag), std::move(request.since)});
}

void plain_connection::on_begin() {
  if (may_subscribe_)
    place_ = services_.channels.join(
      channel_, *this, extras_ ? std::move(extras_->since) : nullptr);
  else
    open();
}

void plain_connection::open() {
  open_ = true;
  // Journal before opening: until then the socket has its address without a
  // system call.
  note(journal_kind::connected, channel_);
  socket().open();
}

std::optional<client_input> plain_connection::read(const client_input& what) {
  if (!may_publish_) {
    end(close_reason::policy_violation);
    return std::nullopt;
  }
  auto& pool = services_.credits.publishes;
  if (!may_begin(services_.credits, &pool))
    return what;
  auto next = publication::make(channel_, what.payload, what.kind);
  auto spent = spend(pool, next->cost());
  services_.bus.publish(self_ptr(), std::move(spent), std::move(next), 0,
                        acknowledge::on_problem);
  return std::nullopt;
}

void plain_connection::open_overdue() {
  open();
}

pinger plain_connection::ping_due() {
  if (bearer_ && bearer_->has_expired()) {
    end(close_reason::connection_expired);
    return pinger::nobody;
  }
  return pinger::session;
}

void plain_connection::subscribed(subscription& to, const member_entry& how) {
  // A client let in before the bus confirmed has lost the publications in
  // between, unless it recovers them.
  const auto is_late = open_;
  if (!is_late)
    open();
  note(journal_kind::subscribed, channel_);
  if (!how.is_recovered && (is_late || recovers_)) {
    const auto reason =
      is_late ? gap_reason::late_subscription : gap_reason::trimmed;
    note(journal_kind::gap, channel_, 0, to_string(reason));
    missed(to, reason);
  }
  catch_up(how);
}

/// Sends the position at which the client joins, and the publications that it
/// has missed.
void plain_connection::catch_up(const member_entry& how) {
  if (how.position == nullptr)
    return;
  tell_position(*how.position);
  for (const auto& each : how.missed)
    socket().deliver(frame_cache{*each}.frame_for(format_of(form_)));
}

void plain_connection::tell_position(const stream_position& what) {
  if (form_ == plain_form::sse)
    socket().deliver(encode_sse_id(to_text(what)));
  else if (has_notices())
    socket().deliver(encode_position_notice(extras_->notice_tag, what));
}

void plain_connection::renamed(subscription&, const stream_position& now) {
  if (open_ && !is_over())
    tell_position(now);
}

bool plain_connection::deliver(subscription&, frame_cache& frames) {
  if (is_over())
    return false;
  // Plain clients get messages only.
  if (frames.event() != publication_event::message)
    return true;
  const auto& bytes = frames.frame_for(format_of(form_));
  return frames.can_wait() ? socket().offer(bytes) : socket().deliver(bytes);
}

void plain_connection::on_room() {
  if (place_)
    channel_table::resume(place_);
}

void plain_connection::missed(subscription&, gap_reason reason) {
  if (is_over())
    return;
  if (!open_ && reason == gap_reason::refused)
    open();
  if (open_ && sends_gaps())
    socket().deliver(encode_gap_notice(
      form_, extras_ ? std::string_view{extras_->notice_tag} : "", reason));
}

void plain_connection::publish_answered(const publish_outcome& result) {
  if (is_over() || result.verdict == publish_verdict::accepted)
    return;
  if (has_notices())
    socket().deliver(encode_publish_notice(extras_->notice_tag, result));
  else
    end(result.verdict == publish_verdict::refused
          ? close_reason::publish_refused
          : close_reason::publish_unknown);
}

void plain_connection::on_ended() {
  if (const auto place = std::move(place_))
    services_.channels.leave(place, closed_for());
  bearer_.reset();
}

std::string_view plain_connection::protocol() const noexcept {
  return form_ == plain_form::sse ? "sse" : "plain";
}

std::string_view plain_connection::user() const noexcept {
  return bearer_ ? bearer_->user() : std::string_view{};
}

void plain_connection::describe_client(snapshot& out) const {
  out.add("channel", channel_);
  if (bearer_) {
    out.add("user", std::string{bearer_->user()});
    out.add("client", std::string{bearer_->client_id()});
  }
  out.add_flag("open", open_);
  out.add_flag("notices", has_notices());
}

} // namespace rookery
