#include "actors/centrifuge/centrifuge_subscriptions.hpp"

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/loop_services.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace rookery {

subscription_wishes wishes_of(const subscribe_request& request) {
  constexpr std::int64_t reject_unrecovered = 2;
  subscription_wishes result;
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
                               const subscription_wishes& wishes)
  : name{name},
    info{std::move(grant.info)},
    data{std::move(grant.data)},
    expires_at{grant.expires_at} {
  const auto& options = grant.options;
  if (options.history.keeps()) {
    is_recoverable =
      wishes.recoverable || wishes.from || options.force_recovery;
    is_positioned =
      is_recoverable || wishes.positioned || grant.force_positioning;
    recovers = wishes.from != nullptr;
    only_recovered = wishes.only_recovered;
    recovery_offset = wishes.from ? wishes.from->offset : 0;
  }
  keeps_presence = options.presence;
  tells_presence = options.join_leave;
  hears_presence =
    options.join_leave && (wishes.join_leave || options.force_join_leave);
}

bool client_channel::is_over(std::chrono::sys_seconds now) const noexcept {
  const auto grace = is_guarded ? std::chrono::seconds{0} : refresh_grace;
  return expires_at && now >= *expires_at + grace;
}

client_channel* centrifuge_subscriptions::find(std::string_view name) noexcept {
  const auto found = std::ranges::find(
    channels_, name,
    [](const auto& each) -> std::string_view { return each->name; });
  return found == channels_.end() ? nullptr : found->get();
}

client_channel*
centrifuge_subscriptions::of(const subscription& place) noexcept {
  return place.entry ? find(place.entry->name) : nullptr;
}

void centrifuge_subscriptions::add(
  std::unique_ptr<client_channel> what,
  std::unique_ptr<const stream_position> from) {
  const auto name = what->name;
  const auto recovers = what->recovers;
  channels_.push_back(std::move(what));
  ++waiting_;
  auto place =
    services_.channels.join(name, self_, recovers ? std::move(from) : nullptr);
  // Let in, or out again, within the call.
  if (auto* channel = find(name); channel && place->entry)
    channel->place = std::move(place);
}

void centrifuge_subscriptions::reserve(std::unique_ptr<client_channel> what) {
  what->is_reserved = true;
  channels_.push_back(std::move(what));
  ++waiting_;
}

void centrifuge_subscriptions::confirm(client_channel& which,
                                       subscription& place) {
  assert(!which.is_in);
  which.place = &place;
  which.is_in = true;
  --waiting_;
}

void centrifuge_subscriptions::enter(client_channel& which) {
  if (!which.keeps_presence && !which.tells_presence)
    return;
  which.is_present = true;
  services_.bus.enter({which.name,
                       {who_.client, {who_.user, who_.conn_info, which.info}},
                       which.tells_presence});
}

void centrifuge_subscriptions::remove(client_channel& which, leave_cause why) {
  const auto found = std::ranges::find(
    channels_, &which, [](const auto& each) { return each.get(); });
  const auto gone = std::move(*found);
  *found = std::move(channels_.back());
  channels_.pop_back();
  leave(*gone, why);
}

void centrifuge_subscriptions::clear(leave_cause why) {
  for (const auto& each : std::exchange(channels_, {}))
    leave(*each, why);
}

void centrifuge_subscriptions::leave(client_channel& which, leave_cause why) {
  if (!which.is_in)
    --waiting_;
  if (which.is_present)
    services_.bus.leave({which.name, who_.client, which.tells_presence});
  if (which.place)
    services_.channels.leave(which.place, why);
}

} // namespace rookery
