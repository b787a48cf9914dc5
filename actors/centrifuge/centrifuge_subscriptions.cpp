#include "actors/centrifuge/centrifuge_subscriptions.hpp"

#include "actors/centrifuge/centrifuge_answers.hpp"
#include "actors/centrifuge/centrifuge_client.hpp"
#include "actors/centrifuge/centrifuge_pushes.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/permissions.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery {

namespace {

constexpr auto overloaded = centrifuge_fault::too_many_requests;

} // namespace

std::optional<centrifuge_refusal> centrifuge_subscriptions::check(
  const subscribe_request& request) const noexcept {
  const auto& services = client_.services();
  if (!request.delta.empty() && request.delta != "fossil")
    return close_reason::bad_request;
  if (const auto refused =
        check_client_channel(services.names, request.channel))
    return refused;
  if (request.has_tag_filter)
    return centrifuge_fault::bad_request;
  if (request.type != 0)
    return centrifuge_fault::permission_denied;
  if (client_.channels().find(request.channel))
    return centrifuge_fault::already_subscribed;
  if (client_.channels().size() >= services.rules.channels_per_client)
    return centrifuge_fault::limit_exceeded;
  return std::nullopt;
}

claims_or_refusal<subscription_grant>
centrifuge_subscriptions::judge(const subscribe_request& request) const {
  const auto& services = client_.services();
  const auto& options = services.names.of(request.channel);
  if (request.token.empty()) {
    if (services.rules.insecure
        || may_subscribe({options, request.channel, client_.user()}))
      return grant_of(options, {});
    return token_refusal{centrifuge_fault::permission_denied};
  }
  const auto judged = judge_subscribe(services, request.token, request.channel,
                                      client_.identity());
  const auto* claims = std::get_if<subscription_claims>(&judged);
  if (!claims)
    return std::get<token_refusal>(judged);
  auto grant = grant_of(options, claims->overrides);
  grant.info = claims->info.bytes;
  grant.expires_at = claims->expires_at;
  return grant;
}

void centrifuge_subscriptions::carry_out(std::uint32_t id,
                                         const subscribe_request& request) {
  if (const auto refused = check(request))
    return client_.refuse(id, request.channel, *refused);
  if (request.token.empty()
      && client_.services().names.of(request.channel).hook_subscribe)
    return ask(id, request);
  auto judged = judge(request);
  if (const auto* refused = std::get_if<token_refusal>(&judged))
    return client_.refuse(id, request.channel, *refused);
  if (!client_.admits_channel(request.channel))
    return client_.refuse(id, request.channel, overloaded);
  client_.count_channel(request.channel);
  auto asked = options_of(request);
  auto channel = std::make_unique<client_channel>(
    request.channel, std::move(std::get<subscription_grant>(judged)), asked);
  channel->command = id;
  client_.channels().add(std::move(channel), std::move(asked.from));
}

/// Asks the backend and reserves the channel until it answers.
void centrifuge_subscriptions::ask(std::uint32_t id,
                                   const subscribe_request& request) {
  struct wanted {
    std::string channel;
    subscribe_options asked;
  };

  const auto& options = client_.services().names.of(request.channel);
  const auto open = unlocked(options, &channel_options::allow_subscribe);
  if (!client_.has_hook(hook_kind::subscribe)
      || !may_subscribe({open, request.channel, client_.user()}))
    return client_.refuse(id, request.channel,
                          centrifuge_fault::permission_denied);
  if (!client_.admits_channel(request.channel))
    return client_.refuse(id, request.channel, overloaded);
  const auto what = std::make_shared<wanted>(
    wanted{std::string{request.channel}, options_of(request)});
  const auto is_asked = client_.ask<subscribe_grant>(
    subscribe_question{client_.subject(), request.channel, request.data},
    client_.spend(client_.credits().questions,
                  request.channel.size() + request.data.size()),
    [this, id, what](hook_answer<subscribe_grant> answer) {
      take(id, what->channel, what->asked, std::move(answer));
      client_.go_on(); // with an unsubscribe that waited for the answer
    });
  if (!is_asked)
    return client_.refuse(id, request.channel, overloaded);
  client_.count_channel(request.channel);
  auto place = std::make_unique<client_channel>(
    request.channel, grant_of(options, {}), what->asked);
  place->command = id;
  client_.channels().reserve(std::move(place));
}

void centrifuge_subscriptions::take(std::uint32_t id, std::string_view name,
                                    subscribe_options& asked,
                                    hook_answer<subscribe_grant> answer) {
  auto& channels = client_.channels();
  auto* reserved = channels.find(name);
  // A backend may have ended the subscription, which answered the command.
  if (!reserved || !reserved->is_reserved || reserved->command != id)
    return;
  channels.remove(*reserved);
  client_.note_refused(name, answer);
  auto* given = client_.take_grant(id, answer);
  if (!given)
    return;
  if (given->expires_at && *given->expires_at <= client_.now())
    return client_.refuse(id, name, centrifuge_fault::expired);
  auto grant = grant_of(client_.services().names.of(name), given->overrides);
  grant.info = std::move(given->info);
  grant.data = std::move(given->data);
  grant.expires_at = given->expires_at;
  auto channel =
    std::make_unique<client_channel>(name, std::move(grant), asked);
  channel->command = id;
  channel->is_guarded = true;
  channels.add(std::move(channel), std::move(asked.from));
}

void centrifuge_subscriptions::carry_out(std::uint32_t id,
                                         const sub_refresh_request& request) {
  if (request.channel.empty())
    return client_.end(close_reason::bad_request);
  auto* channel = client_.channels().find(request.channel);
  if (!channel)
    return client_.fail(id, centrifuge_fault::permission_denied);
  const auto judged = judge_sub_refresh(client_.services(), request.token,
                                        request.channel, client_.identity());
  const auto* claims = std::get_if<subscription_claims>(&judged);
  if (!claims)
    return client_.refuse(id, request.channel, std::get<token_refusal>(judged));
  channel->expires_at = claims->expires_at;
  channel->is_guarded = false;
  sub_refresh_result result;
  if (channel->expires_at) {
    result.expires = true;
    result.ttl = ttl_of(*channel->expires_at, client_.now());
  }
  client_.reply(id, result);
  if (channel->info == claims->info.bytes)
    return;
  channel->info = claims->info.bytes;
  if (channel->is_present)
    client_.channels().enter(*channel);
}

bool centrifuge_subscriptions::unsubscribe(std::string_view channel) {
  auto* which = client_.channels().find(channel);
  if (!which)
    return false;
  client_.note(journal_kind::unsubscribed, channel);
  return give_up(*which);
}

/// Ends a subscription. Returns true if it was a server-side one that waited
/// for its channel.
bool centrifuge_subscriptions::give_up(client_channel& which) {
  const auto was_waiting = !which.is_in;
  const auto was_server_side = which.is_server_side;
  // The reply of a command whose channel let the client in just before.
  if (was_waiting && !was_server_side)
    client_.reply(which.command, subscribe_result{});
  client_.channels().remove(which, leave_cause::unsubscribed());
  return was_waiting && was_server_side;
}

void centrifuge_subscriptions::carry_out(const subscribe_action& action) {
  const auto& services = client_.services();
  auto& channels = client_.channels();
  if (channels.find(action.channel)
      || channels.size() >= services.rules.channels_per_client)
    return;
  const auto& given = action.grant;
  auto grant = grant_of(services.names.of(action.channel), given.overrides);
  grant.info = given.info.bytes;
  grant.data = given.data.bytes;
  grant.expires_at = action.expires_at;
  subscribe_options asked;
  if (action.since)
    asked.from = std::make_unique<const stream_position>(*action.since);
  auto channel =
    std::make_unique<client_channel>(action.channel, std::move(grant), asked);
  channel->is_server_side = true;
  channels.add(std::move(channel), std::move(asked.from));
}

void centrifuge_subscriptions::carry_out(const unsubscribe_action& action) {
  constexpr auto code = centrifuge_unsubscribe::server_unsubscribe;
  auto* channel = client_.channels().find(action.channel);
  if (!channel)
    return;
  client_.note_unsubscribed(action.channel, code);
  give_up(*channel);
  client_.push({action.channel, unsubscribe_push{code}});
}

void centrifuge_subscriptions::confirmed(client_channel& which,
                                         const member_entry& how) {
  const auto is_refused = which.recovers && which.only_recovered
                          && !how.is_recovered && !which.is_server_side;
  if (is_refused) {
    client_.refuse(which.command, which.name,
                   centrifuge_fault::unrecoverable_position);
    client_.channels().remove(which);
    return;
  }
  client_.note(journal_kind::subscribed, which.name);
  if (!std::ranges::all_of(
        how.missed, [](const auto& each) { return is_json_text(*each); }))
    return client_.end(close_reason::inappropriate_protocol);
  if (which.is_server_side)
    announce(which, how);
  else
    answer(which, how);
  client_.channels().enter(which);
}

void centrifuge_subscriptions::answer(client_channel& which,
                                      const member_entry& how) {
  const subscribe_answer answer{which, how, client_.now()};
  client_.reply(which.command, answer.result());
}

/// Sends the push of a subscription that a backend has made, then the
/// publications before it.
void centrifuge_subscriptions::announce(client_channel& which,
                                        const member_entry& how) {
  const subscribe_answer answer{which, how, client_.now()};
  const auto& result = answer.result();
  client_.push(
    {which.name, subscribe_push{result.offset, result.epoch, result.data,
                                result.recoverable, result.positioned}});
  if (how.is_recovered)
    for (const auto& each : how.missed)
      client_.send_frame(frame_cache{*each}.frame_for(centrifuge_json_format));
}

void centrifuge_subscriptions::missed(client_channel& which) {
  if (!which.is_positioned)
    client_.channels().count_unreported_gap();
  else if (which.is_server_side)
    client_.end(close_reason::insufficient_state);
  else
    end(which, centrifuge_unsubscribe::insufficient_state);
}

void centrifuge_subscriptions::end(client_channel& which,
                                   centrifuge_unsubscribe code) {
  const auto name = which.name;
  client_.note_unsubscribed(name, code);
  client_.channels().remove(which,
                            code == centrifuge_unsubscribe::insufficient_state
                              ? close_reason::insufficient_state
                              : close_reason::subscription_expired);
  client_.push({name, unsubscribe_push{code}});
}

void centrifuge_subscriptions::end_expired() {
  auto& channels = client_.channels();
  const auto now = client_.now();
  const auto delay = client_.services().rules.expired_sub_close_delay;
  std::vector<std::string> expired;
  for (const auto& each : channels.all())
    if (each->is_over(now, delay))
      expired.push_back(each->name);
  for (const auto& name : expired) {
    auto* channel = channels.find(name);
    if (!channel)
      continue;
    if (channel->is_server_side)
      return client_.end(close_reason::subscription_expired);
    end(*channel, centrifuge_unsubscribe::subscription_expired);
  }
}

void centrifuge_subscriptions::end_overdue(client_channel& which) {
  if (which.is_server_side)
    return client_.end(close_reason::internal_error);
  client_.refuse(which.command, which.name, centrifuge_fault::internal);
  client_.channels().remove(which);
}

} // namespace rookery
