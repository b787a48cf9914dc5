#include "actors/centrifuge/centrifuge_lifetime.hpp"

#include "actors/centrifuge/centrifuge_answers.hpp"
#include "actors/centrifuge/centrifuge_client.hpp"
#include "actors/runtime/short_clock.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

namespace {

/// The time by which the session may ask early and the clock may lag.
constexpr std::chrono::seconds tolerance{1};

/// The extension for a client if its backend does not answer: an outage of the
/// backend must not cut off all clients.
constexpr std::chrono::seconds respite{60};

} // namespace

void centrifuge_lifetime::end_if_stale(centrifuge_client& client) const {
  if (client.now() - begun_
      >= client.services().rules.stale_close_delay - tolerance)
    client.end(close_reason::stale);
}

bool centrifuge_lifetime::end_if_expired(centrifuge_client& client) {
  const auto now = client.now();
  ask_if_due(client, now);
  if (!expires_at_ || is_asking_ || now < *expires_at_ + grace(client))
    return false;
  client.end(close_reason::connection_expired);
  return true;
}

std::chrono::seconds
centrifuge_lifetime::grace(const centrifuge_client& client) const noexcept {
  const auto is_final = is_guarded_ && !client.has_hook(hook_kind::refresh);
  return is_final ? std::chrono::seconds{0}
                  : client.services().rules.expired_close_delay;
}

void centrifuge_lifetime::ask_if_due(centrifuge_client& client,
                                     std::chrono::sys_seconds now) {
  if (!is_guarded_ || is_asking_ || !expires_at_
      || !client.has_hook(hook_kind::refresh))
    return;
  // Ask now if the connection expires before the next look.
  const auto next_look = std::chrono::ceil<std::chrono::seconds>(
    client.services().rules.ping_interval);
  if (now + next_look + std::chrono::seconds{1} < *expires_at_)
    return;
  is_asking_ = client.ask<refresh_grant>(
    refresh_question{client.subject()}, {},
    [this, &client](hook_answer<refresh_grant> answer) {
      end_refresh(client, std::move(answer));
    });
  if (!is_asking_)
    expires_at_ = now + respite;
}

void centrifuge_lifetime::end_refresh(centrifuge_client& client,
                                      hook_answer<refresh_grant> answer) {
  is_asking_ = false;
  if (auto* close = std::get_if<dictated_close>(&answer))
    return client.end(std::move(*close));
  const auto* grant = std::get_if<refresh_grant>(&answer);
  const auto now = client.now();
  if (!grant) {
    expires_at_ = now + respite;
    return;
  }
  if (grant->has_expired || (grant->expires_at && *grant->expires_at <= now))
    return client.end(close_reason::connection_expired);
  expires_at_ = grant->expires_at;
  if (!grant->info.empty())
    client.set_info(grant->info);
}

void centrifuge_lifetime::refresh(centrifuge_client& client, std::uint32_t id,
                                  const refresh_request& request) {
  const auto judged =
    judge_refresh(client.services(), request.token, client.user());
  const auto* claims = std::get_if<connection_claims>(&judged);
  if (!claims)
    return client.refuse(id, {}, std::get<token_refusal>(judged));
  // A client that has lost a channel comes back with what it has now.
  if (!client.services().rules.insecure && client.channels().has_lost(*claims))
    return client.end(close_reason::insufficient_state);
  client.set_info(claims->info.bytes);
  expires_at_ = claims->expires_at;
  is_guarded_ = false;
  refresh_result result;
  result.client = client.client_id();
  result.version = client.services().rules.version;
  if (expires_at_) {
    result.expires = true;
    result.ttl = ttl_of(*expires_at_, client.now());
  }
  client.reply(id, result);
}

void centrifuge_lifetime::fill(connect_result& result,
                               const centrifuge_client& client) const {
  if (expires_at_ && !is_guarded_) {
    result.expires = true;
    result.ttl = ttl_of(*expires_at_, client.now());
  }
  if (frame_pings_)
    return;
  result.ping =
    static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::seconds>(
                                 client.services().rules.ping_interval)
                                 .count());
  result.pong = true;
}

pinger centrifuge_lifetime::ping(centrifuge_client& client) {
  if (frame_pings_)
    return pinger::session;
  pings_ = static_cast<std::uint8_t>(std::min(pings_ + 1, 255));
  pinged_at_ = now_in_microseconds();
  client.send_frame(client.services().writer.ping());
  return pinger::actor;
}

bool centrifuge_lifetime::take_pong() noexcept {
  if (pings_ == 0)
    return false;
  --pings_;
  round_trip_ = std::max(1U, now_in_microseconds() - pinged_at_);
  return true;
}

} // namespace rookery
