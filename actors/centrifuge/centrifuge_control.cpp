// What backends make centrifuge_connection do.
#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/channel/namespaces.hpp"
#include "actors/client/loop_services.hpp"

#include <algorithm>

namespace rookery {

void centrifuge_connection::carry_out(const client_command& command) {
  if (!is_connected())
    return;
  std::visit([this](const auto& action) { obey(action); }, command.action);
  flush();
}

void centrifuge_connection::obey(const subscribe_action& action) {
  if (channels_.find(action.channel)
      || channels_.size() >= services_.rules.channels_per_client)
    return;
  const auto& given = action.grant;
  auto grant = grant_of(services_.names.of(action.channel), given.overrides);
  grant.info = given.info.bytes;
  grant.data = given.data.bytes;
  grant.expires_at = action.expires_at;
  subscription_wishes wishes;
  if (action.since)
    wishes.from = std::make_unique<const stream_position>(*action.since);
  auto channel =
    std::make_unique<client_channel>(action.channel, std::move(grant), wishes);
  channel->is_server_side = true;
  channels_.add(std::move(channel), std::move(wishes.from));
}

/// Tells of a subscription that the server has made, and what was published
/// before it.
void centrifuge_connection::tell_subscribed(client_channel& which,
                                            const admission& how) {
  const subscribe_answer answer{which, how, now()};
  const auto& result = answer.result();
  services_.writer.add(
    *this,
    centrifuge_push{which.name,
                    subscribe_push{result.offset, result.epoch, result.data,
                                   result.recoverable, result.positioned}});
  services_.writer.flush(*this);
  if (how.is_recovered)
    for (const auto& each : how.missed)
      send(frame_cache{*each}.frame_for(wire::centrifuge_json));
  channels_.enter(which);
}

void centrifuge_connection::obey(const unsubscribe_action& action) {
  auto* channel = channels_.find(action.channel);
  if (!channel)
    return;
  note_unsubscribed(action.channel, centrifuge_unsubscribe::server_unsubscribe);
  give_up(*channel);
  services_.writer.add(
    *this, centrifuge_push{
             action.channel,
             unsubscribe_push{centrifuge_unsubscribe::server_unsubscribe}});
}

void centrifuge_connection::obey(const disconnect_action& action) {
  if (std::ranges::find(action.except, identity_.client) == action.except.end())
    end(action.how);
}

void centrifuge_connection::obey(const refresh_action& action) {
  if (action.has_expired)
    return end(close_reason::connection_expired);
  expires_at_ = action.expires_at;
}

} // namespace rookery
