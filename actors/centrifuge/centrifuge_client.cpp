#include "actors/centrifuge/centrifuge_client.hpp"

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/client_id.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/runtime/wall_clock.hpp"
#include "configs/log.hpp"

namespace rookery {

centrifuge_client::centrifuge_client(caf::actor_config& config,
                                     centrifuge_services& services,
                                     bool frame_pings,
                                     std::vector<backend_field> fields)
  : client_connection{config},
    services_{services},
    channels_{*this},
    lifetime_{services.clock.now(), frame_pings} {
  if (!fields.empty())
    facts_for_backends().fields = std::move(fields);
}

std::chrono::sys_seconds centrifuge_client::now() const {
  return services_.clock.now();
}

void centrifuge_client::give_id() {
  if (identity_.client.empty())
    identity_.client = make_client_id();
}

bool centrifuge_client::identify(const connection_claims& claims) {
  if (!services_.shared.clients.enter(claims.user))
    return false;
  is_identified_ = true;
  give_id();
  identity_.user = claims.user;
  identity_.conn_info = claims.info.bytes;
  if (services_.hooks && !claims.meta.empty())
    facts_for_backends().meta = claims.meta;
  return true;
}

void centrifuge_client::refuse(std::uint32_t id,
                               const centrifuge_refusal& why) {
  if (const auto* reason = std::get_if<close_reason>(&why))
    end(*reason);
  else
    fail(id, std::get<centrifuge_fault>(why));
}

void centrifuge_client::refuse(std::uint32_t id, std::string_view channel,
                               const centrifuge_refusal& why) {
  const auto status = status_of_refusal(why);
  note(journal_kind::refused, channel, status.code, status.message);
  refuse(id, why);
}

void centrifuge_client::refuse(std::uint32_t id, std::string_view channel,
                               const token_refusal& why) {
  if (why.cause.empty())
    return refuse(id, channel, why.how);
  const auto status = status_of_refusal(why.how);
  note(journal_kind::refused, channel, status.code,
       std::string{status.message} + ": " + why.cause);
  log::debug("token refused", "client", client_connection::id(), "user",
             why.user, "code", status.code, "reason", why.cause);
  count_bad_token(why.how);
  refuse(id, why.how);
}

/// Counts a token that was refused for `why`, unless it is only untimely.
void centrifuge_client::count_bad_token(const centrifuge_refusal& why) {
  const auto is_invalid =
    why == centrifuge_refusal{close_reason::invalid_token}
    || why == centrifuge_refusal{centrifuge_fault::permission_denied};
  auto* counter = services_.shared.counter;
  if (is_invalid && counter && !is_over()
      && !counter->note_bad_token(socket().remote_address()))
    end(close_reason::too_many_requests);
}

/// Returns the code and text that the client gets.
client_error centrifuge_client::status_of_refusal(
  const centrifuge_refusal& why) const noexcept {
  if (const auto* fault = std::get_if<centrifuge_fault>(&why))
    return error_of(*fault);
  const auto [code, text] = status_for(std::get<close_reason>(why));
  return {code, text};
}

void centrifuge_client::flush() {
  if (!is_collecting_)
    services_.writer.flush(*this);
}

bool centrifuge_client::send_frame(const frame_ptr& bytes) {
  services_.writer.flush(*this);
  return put(bytes);
}

bool centrifuge_client::offer_frame(const frame_ptr& bytes) {
  services_.writer.flush(*this);
  if (is_over() || (held_ && is_congested()))
    return false;
  return held_ ? put(bytes) : socket().offer(bytes);
}

bool centrifuge_client::is_congested() {
  return held_ ? held_->bytes >= max_held / 2 : socket().is_congested();
}

bool centrifuge_client::put(const frame_ptr& bytes) {
  if (is_over())
    return false;
  if (!held_)
    return socket().deliver(bytes);
  if (held_->bytes + bytes->size() > max_held) {
    end(close_reason::insufficient_state);
    return false;
  }
  held_->bytes += bytes->size();
  held_->frames.push_back(bytes);
  return true;
}

void centrifuge_client::hold_output() {
  held_ = std::make_unique<held_output>();
}

void centrifuge_client::release_output(std::uint32_t id,
                                       const connect_result& result) {
  const auto held = std::exchange(held_, nullptr);
  reply(id, result);
  for (const auto& bytes : held->frames)
    send_frame(bytes);
  channels_.resume();
}

void centrifuge_client::note_unsubscribed(std::string_view channel,
                                          centrifuge_unsubscribe code) {
  note(journal_kind::unsubscribed, channel, static_cast<std::uint32_t>(code),
       reason_of(code));
}

client_credits& centrifuge_client::credits() const noexcept {
  return services_.shared.credits;
}

bool centrifuge_client::admits_channel(std::string_view name) {
  return services_.shared.channels.has(name)
         || credits().rates.admits_channel(new_channels_);
}

void centrifuge_client::count_channel(std::string_view name) {
  if (!services_.shared.channels.has(name))
    count_new_channel();
}

void centrifuge_client::count_new_channel() {
  credits().rates.count_channel(new_channels_);
}

void centrifuge_client::enter_index() {
  services_.shared.clients.insert(*this);
}

void centrifuge_client::report_entered() {
  is_entered_ = services_.rules.reports_clients;
  if (is_entered_)
    services_.shared.bus.note(client_entered{identity_.client, identity_.user});
}

void centrifuge_client::report_left() {
  if (!std::exchange(is_entered_, false))
    return;
  const auto reason = closed_for();
  const auto status = reason == close_reason::dictated ? status_for(reason)
                                                       : left_status_of(reason);
  services_.shared.bus.note(client_left{identity_.client, identity_.user,
                                        status.code, std::string{status.text}});
}

centrifuge_client::backend_facts& centrifuge_client::facts_for_backends() {
  if (!backend_facts_)
    backend_facts_ = std::make_unique<backend_facts>();
  return *backend_facts_;
}

hook_subject centrifuge_client::subject() const noexcept {
  hook_subject result{identity_.client, identity_.user, {}, {}};
  if (backend_facts_) {
    result.meta = backend_facts_->meta;
    result.fields = backend_facts_->fields;
  }
  return result;
}

void centrifuge_client::describe_client(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("user", identity_.user);
  out.add("client", identity_.client);
  out.add_flag("connected", named_client::is_linked() && !is_over());
  out.add("subscriptions", number(channels_.size()));
  out.add("unreported_gaps", number(channels_.unreported_gaps()));
}

close_status
centrifuge_client::protocol_status(close_reason reason) const noexcept {
  return centrifuge_status_of(reason);
}

std::chrono::microseconds centrifuge_client::round_trip() const {
  return lifetime_.uses_frame_pings() ? client_connection::round_trip()
                                      : lifetime_.round_trip();
}

void centrifuge_client::on_ending() {
  services_.writer.flush(*this);
  held_.reset();
}

void centrifuge_client::on_ended() {
  report_left();
  channels_.clear(closed_for());
  services_.writer.forget(*this);
  if (named_client::is_linked())
    services_.shared.clients.erase(*this);
  if (std::exchange(is_identified_, false))
    services_.shared.clients.leave(identity_.user);
}

} // namespace rookery
