#include "actors/centrifuge/centrifuge_handshake.hpp"

#include "actors/centrifuge/centrifuge_client.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/text/channel_name.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

namespace {

/// Returns each channel of the claims once, with its part of the claims.
std::vector<std::pair<std::string_view, const granted_channel*>>
channels_of(const connection_claims& claims) {
  static const granted_channel nothing_special;
  std::vector<std::pair<std::string_view, const granted_channel*>> result;
  for (const auto& [name, granted] : claims.subs)
    result.emplace_back(name, &granted);
  if (!claims.subs.empty())
    return result;
  for (const auto& name : claims.channels)
    if (std::ranges::none_of(
          result, [&](const auto& each) { return each.first == name; }))
      result.emplace_back(name, &nothing_special);
  return result;
}

std::optional<centrifuge_refusal>
check_granted(const namespaces& names, std::size_t limit,
              const connection_claims& claims) {
  const auto channels = channels_of(claims);
  if (channels.size() > limit)
    return close_reason::channel_limit;
  for (const auto& [name, granted] : channels) {
    if (check_channel_name(name) || is_reserved(name))
      return close_reason::invalid_token;
    if (!names.is_known(name))
      return centrifuge_fault::unknown_channel;
  }
  return std::nullopt;
}

} // namespace

void centrifuge_handshake::connect(std::uint32_t id,
                                   const connect_request& request) {
  auto& services = client_.services();
  if (const auto answered = std::exchange(pending_, nullptr)) {
    auto& grant = *answered->grant;
    return admit(id, request,
                 grant.is_known ? judge_granted(grant.claims)
                                : judge_connect(services, {}),
                 std::move(grant.data));
  }
  if (request.token.empty() && client_.has_hook(hook_kind::connect))
    return ask(id, request);
  admit(id, request, judge_connect(services, request.token));
}

void centrifuge_handshake::ask(std::uint32_t id,
                               const connect_request& request) {
  client_.give_id();
  std::vector<std::string_view> channels;
  for (const auto& each : request.subs)
    channels.push_back(each.channel);
  const auto is_asked = client_.ask<connect_grant>(
    connect_question{client_.subject(), request.name, request.version,
                     request.data, channels},
    {}, [this, id](hook_answer<connect_grant> answer) {
      take(id, std::move(answer));
      if (is_awaited())
        client_.go_on();
      else
        client_.drop_input();
    });
  phase_ = is_asked ? phase::asking : phase::failed;
  if (is_asked)
    pending_ = std::make_unique<pending>();
  else
    client_.refuse(id, {}, centrifuge_fault::too_many_requests);
}

void centrifuge_handshake::take(std::uint32_t id,
                                hook_answer<connect_grant> answer) {
  phase_ = phase::failed;
  client_.note_refused({}, answer);
  auto* grant = client_.take_grant(id, answer);
  if (!grant)
    return pending_.reset();
  phase_ = phase::fresh;
  client_.lifetime().set_guarded(grant->is_known);
  pending_->grant = std::make_unique<connect_grant>(std::move(*grant));
}

claims_or_refusal<connection_claims>
centrifuge_handshake::judge_granted(connection_claims& claims) const {
  if (claims.expires_at && *claims.expires_at <= client_.now())
    return token_refusal{centrifuge_fault::expired};
  return std::move(claims);
}

void centrifuge_handshake::admit(
  std::uint32_t id, const connect_request& request,
  const claims_or_refusal<connection_claims>& judged, std::string data) {
  const auto& services = client_.services();
  const auto* claims = std::get_if<connection_claims>(&judged);
  if (!claims) {
    const auto& refused = std::get<token_refusal>(judged);
    phase_ = phase::failed;
    client_.name_refused(refused.user);
    return client_.refuse(id, {}, refused);
  }
  if (const auto refused = check_granted(
        services.names, services.rules.channels_per_client, *claims)) {
    phase_ = phase::failed;
    client_.name_refused(claims->user);
    return client_.refuse(id, {}, *refused);
  }
  if (!client_.identify(*claims)) {
    phase_ = phase::failed;
    if (auto* counter = services.shared.counter)
      counter->note_full_user();
    return client_.refuse(id, {},
                          centrifuge_refusal{close_reason::too_many_requests});
  }
  client_.lifetime().expire_at(claims->expires_at);
  phase_ = phase::joining;
  pending_ = std::make_unique<pending>();
  pending_->command = id;
  pending_->data = std::move(data);
  client_.hold_output();
  client_.report_entered();
  join_granted(request, *claims);
  end_wait();
}

void centrifuge_handshake::join_granted(const connect_request& request,
                                        const connection_claims& claims) {
  for (const auto& [name, granted] : channels_of(claims)) {
    const auto wanted =
      std::ranges::find_if(request.subs, [name = name](const auto& each) {
        return each.channel == name;
      });
    auto options =
      wanted == request.subs.end() ? subscribe_options{} : options_of(*wanted);
    options.only_recovered = false;
    auto grant =
      grant_of(client_.services().names.of(name), granted->overrides);
    grant.info = granted->info.bytes;
    grant.data = granted->data.bytes;
    auto channel =
      std::make_unique<client_channel>(name, std::move(grant), options);
    channel->is_server_side = true;
    channel->is_by_claim = true;
    ++pending_->waiting;
    client_.channels().add(std::move(channel), std::move(options.from));
  }
}

void centrifuge_handshake::confirm(std::string_view channel,
                                   const member_entry& how) {
  pending_->entries.emplace_back(std::string{channel}, how);
  for (const auto& each : how.missed)
    client_.count_held(each->cost());
  end_wait();
}

void centrifuge_handshake::give_up() {
  end_wait();
}

void centrifuge_handshake::end_wait() {
  if (--pending_->waiting == 0)
    finish();
}

void centrifuge_handshake::finish() {
  const auto done = std::exchange(pending_, nullptr);
  const auto now = client_.now();
  phase_ = phase::done;
  client_.enter_index();
  client_.note(journal_kind::connected);
  std::vector<subscribe_answer> answers;
  std::vector<server_subscription> subs;
  answers.reserve(done->entries.size());
  for (const auto& each : done->entries) {
    // The client may have unsubscribed already.
    const auto* channel = client_.channels().find(each.channel());
    if (!channel)
      continue;
    answers.emplace_back(*channel, each.how(), now);
    subs.push_back({channel->name, answers.back().result()});
  }
  connect_result result;
  result.client = client_.client_id();
  result.version = client_.services().rules.version;
  result.data = done->data;
  result.subs = subs;
  client_.lifetime().fill(result, client_);
  client_.release_output(done->command, result);
  for (const auto& each : done->entries)
    if (auto* channel = client_.channels().find(each.channel()))
      client_.channels().enter(*channel);
}

} // namespace rookery
