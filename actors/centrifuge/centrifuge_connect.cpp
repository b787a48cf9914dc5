// The connect command of centrifuge_connection: who the client is, and the
// subscriptions that its token makes.
#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/channel/bus_access.hpp"
#include "actors/client/loop_services.hpp"
#include "actors/text/channel_name.hpp"

#include <algorithm>

namespace rookery {

namespace {

/// Each channel once, with what the token grants there.
std::vector<std::pair<std::string_view, const granted_channel*>>
channels_of(const connection_claims& claims) {
  static const granted_channel nothing_special;
  std::vector<std::pair<std::string_view, const granted_channel*>> result;
  for (const auto& [name, granted] : claims.subs)
    result.emplace_back(name, &granted);
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

void centrifuge_connection::handle(std::uint32_t id,
                                   const connect_request& request) {
  if (request.token.empty() && asks(hook_kind::connect))
    return ask_connect(id, request);
  admit(id, request, judge_connect(services_, request.token));
}

void centrifuge_connection::admit(
  std::uint32_t id, const connect_request& request,
  const claims_or_refusal<connection_claims>& judged, std::string data) {
  const auto* claims = std::get_if<connection_claims>(&judged);
  const auto refused =
    claims ? check_granted(services_.names, services_.rules.channels_per_client,
                           *claims)
           : std::get<centrifuge_refusal>(judged);
  if (refused) {
    phase_ = phase::refused;
    return refuse(id, {}, *refused);
  }
  // A backend was told its id already.
  if (identity_.client.empty())
    identity_.client = services_.ids.next();
  identity_.user = claims->user;
  identity_.conn_info = claims->info.bytes;
  if (services_.hooks && !claims->meta.empty())
    hooked().meta = claims->meta;
  expires_at_ = claims->expires_at;
  phase_ = phase::connecting;
  connecting_ = std::make_unique<connecting>();
  connecting_->command = id;
  connecting_->data = std::move(data);
  is_entered_ = services_.rules.tells_clients;
  if (is_entered_)
    services_.shared.bus.note(client_entered{identity_.client, identity_.user});
  join_granted(request, *claims);
  end_server_side_wait();
}

void centrifuge_connection::tell_gone(close_reason reason) {
  if (!std::exchange(is_entered_, false))
    return;
  const auto status = reason == close_reason::dictated ? status_for(reason)
                                                       : left_status_of(reason);
  services_.shared.bus.note(client_left{identity_.client, identity_.user,
                                        status.code, std::string{status.text}});
}

void centrifuge_connection::join_granted(const connect_request& request,
                                         const connection_claims& claims) {
  for (const auto& [name, granted] : channels_of(claims)) {
    const auto wanted =
      std::ranges::find_if(request.subs, [name = name](const auto& each) {
        return each.channel == name;
      });
    auto wishes =
      wanted == request.subs.end() ? subscription_wishes{} : wishes_of(*wanted);
    wishes.only_recovered = false;
    auto grant = grant_of(services_.names.of(name), granted->overrides);
    grant.info = granted->info.bytes;
    grant.data = granted->data.bytes;
    auto channel =
      std::make_unique<client_channel>(name, std::move(grant), wishes);
    channel->is_server_side = true;
    ++connecting_->waiting;
    channels_.add(std::move(channel), std::move(wishes.from));
  }
}

void centrifuge_connection::end_server_side_wait() {
  if (--connecting_->waiting == 0)
    finish_connect();
}

void centrifuge_connection::finish_connect() {
  const auto done = std::move(connecting_);
  const auto time = now();
  phase_ = phase::connected;
  services_.shared.clients.insert(*this);
  note(journal_kind::connected);
  std::vector<subscribe_answer> answers;
  std::vector<server_subscription> subs;
  answers.reserve(done->admissions.size());
  for (const auto& each : done->admissions) {
    // It may have unsubscribed before it was told.
    const auto* channel = channels_.find(each.channel());
    if (!channel)
      continue;
    answers.emplace_back(*channel, each.how(), time);
    subs.push_back({channel->name, answers.back().result()});
  }
  connect_result result;
  result.client = identity_.client;
  result.version = services_.rules.version;
  result.data = done->data;
  result.subs = subs;
  if (expires_at_ && !is_guarded()) {
    result.expires = true;
    result.ttl = ttl_of(*expires_at_, time);
  }
  if (!frame_pings_) {
    result.ping = static_cast<std::uint32_t>(
      std::chrono::ceil<std::chrono::seconds>(services_.rules.ping_interval)
        .count());
    result.pong = true;
  }
  reply(done->command, result);
  if (!done->held.empty())
    services_.writer.flush(*this);
  for (const auto& bytes : done->held)
    send(bytes);
  for (const auto& each : done->admissions)
    if (auto* channel = channels_.find(each.channel()))
      channels_.enter(*channel);
}

} // namespace rookery
