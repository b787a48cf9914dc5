#include "actors/centrifuge/client_channels.hpp"

#include "actors/centrifuge/centrifuge_client.hpp"
#include "actors/centrifuge/centrifuge_tokens.hpp"
#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/client/loop_services.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace rookery {

subscribe_options options_of(const subscribe_request& request) {
  constexpr std::int64_t reject_unrecovered = 2;
  subscribe_options result;
  result.recoverable = request.recoverable;
  result.positioned = request.positioned;
  result.join_leave = request.join_leave;
  if (request.recover)
    result.from = std::make_unique<const stream_position>(
      stream_position{request.since.offset, std::string{request.since.epoch}});
  result.only_recovered = (request.flag & reject_unrecovered) != 0;
  return result;
}

client_channel::client_channel(std::string_view name, subscription_grant grant,
                               const subscribe_options& asked)
  : name{name},
    info{std::move(grant.info)},
    data{std::move(grant.data)},
    expires_at{grant.expires_at} {
  const auto& options = grant.options;
  if (history_of(options).keeps()) {
    is_recoverable = asked.recoverable || asked.from || options.force_recovery;
    is_positioned =
      is_recoverable || asked.positioned || grant.force_positioning;
    recovers = asked.from != nullptr;
    only_recovered = asked.only_recovered;
  }
  keeps_presence = options.presence;
  announces_presence = options.join_leave;
  gets_presence =
    options.join_leave && (asked.join_leave || options.force_join_leave);
}

bool client_channel::is_over(std::chrono::sys_seconds now,
                             std::chrono::seconds delay) const noexcept {
  const auto grace = is_guarded ? std::chrono::seconds{0} : delay;
  return expires_at && now >= *expires_at + grace;
}

client_channel* client_channels::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find(
    channels_, name,
    [](const auto& each) -> std::string_view { return each->name; });
  return found == channels_.end() ? nullptr : found->get();
}

client_channel* client_channels::of(const subscription& place) const noexcept {
  return place.entry ? find(place.entry->name) : nullptr;
}

void client_channels::add(std::unique_ptr<client_channel> what,
                          std::unique_ptr<const stream_position> from) {
  const auto name = what->name;
  const auto recovers = what->recovers;
  channels_.push_back(std::move(what));
  ++waiting_;
  auto place = client_.services().shared.channels.join(
    name, client_, recovers ? std::move(from) : nullptr,
    client_.spend(client_.credits().subscriptions, name.size()));
  // The channel may have let the client in, or was removed again, within the
  // call.
  if (auto* channel = find(name); channel && place->entry)
    channel->place = std::move(place);
}

void client_channels::reserve(std::unique_ptr<client_channel> what) {
  what->is_reserved = true;
  channels_.push_back(std::move(what));
  ++waiting_;
}

void client_channels::confirm(client_channel& which, subscription& place) {
  assert(!which.is_in);
  which.place = &place;
  which.is_in = true;
  --waiting_;
}

void client_channels::enter(client_channel& which) {
  if (!which.keeps_presence && !which.announces_presence)
    return;
  which.is_present = true;
  const auto& who = client_.identity();
  client_.services().shared.bus.enter(
    {which.name,
     {who.client, {who.user, who.conn_info, which.info}},
     which.announces_presence,
     client_.spend(client_.credits().subscriptions, which.name.size()
                                                      + who.conn_info.size()
                                                      + which.info.size())});
}

void client_channels::remove(client_channel& which, leave_cause why) {
  const auto found = std::ranges::find(
    channels_, &which, [](const auto& each) { return each.get(); });
  const auto gone = std::move(*found);
  *found = std::move(channels_.back());
  channels_.pop_back();
  leave(*gone, why);
}

bool client_channels::has_lost(const connection_claims& claims) const noexcept {
  return std::ranges::any_of(channels_, [&](const auto& each) {
    return each->is_by_claim && !grants(claims, each->name);
  });
}

void client_channels::resume() {
  // A channel that is resumed may end its subscription at once.
  std::vector<subscription_ptr> behind;
  for (const auto& each : channels_)
    if (each->place && each->place->from)
      behind.push_back(each->place);
  for (const auto& place : behind)
    channel_table::resume(place);
  // Another channel is the first to take the room next time.
  if (behind.size() > 1 && channels_.size() > 1)
    std::rotate(channels_.begin(), channels_.begin() + 1, channels_.end());
}

void client_channels::clear(leave_cause why) {
  for (const auto& each : std::exchange(channels_, {}))
    leave(*each, why);
}

void client_channels::leave(client_channel& which, leave_cause why) {
  auto& services = client_.services().shared;
  if (!which.is_in)
    --waiting_;
  if (which.is_present)
    services.bus.leave(
      {which.name, client_.identity().client, which.announces_presence,
       client_.spend(services.credits.subscriptions, which.name.size())});
  if (which.place)
    services.channels.leave(
      which.place, why,
      client_.spend(services.credits.subscriptions, which.name.size()));
}

} // namespace rookery
