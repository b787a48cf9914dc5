#include "cluster/bus/fan_out.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

bool fan_out::add(const want& what) {
  while (backlogs_.size() <= what.loop)
    backlogs_.emplace_back(new backlog);
  auto found = channels_.find(what.channel);
  const auto is_new = found == channels_.end();
  if (is_new)
    found = channels_.emplace(what.channel, channel_state{}).first;
  auto& channel = found->second;
  auto* known = find(channel, what.loop);
  if (known != nullptr && known->generation >= what.generation)
    return false;
  if (known == nullptr)
    known = &channel.places.emplace_back();
  *known = {what.loop, what.generation, what.subscriber, false, std::nullopt};
  if (channel.stands)
    confirm(*known);
  else if (channel.is_refused)
    refuse(*known);
  return is_new;
}

bool fan_out::remove(const unwant& what) {
  const auto found = channels_.find(what.channel);
  if (found == channels_.end())
    return false;
  auto& places = found->second.places;
  const auto* known = find(found->second, what.loop);
  if (known == nullptr || known->generation > what.generation)
    return false;
  places.erase(places.begin() + (known - places.data()));
  return places.empty();
}

void fan_out::forget(std::string_view channel) {
  if (const auto found = channels_.find(channel); found != channels_.end())
    channels_.erase(found);
}

void fan_out::confirm(std::string_view channel) {
  const auto found = channels_.find(channel);
  if (found == channels_.end())
    return;
  auto& state = found->second;
  state.stands = true;
  state.is_refused = false;
  const auto lost = std::exchange(state.lost, std::nullopt);
  for (auto& to : state.places) {
    if (!to.confirmed)
      confirm(to);
    else if (lost)
      report_or_keep_gap(channel, to, *lost);
  }
}

void fan_out::confirm(place& to) {
  to.confirmed = true;
  tell({}, to.subscriber, confirm_atom_v);
}

void fan_out::refuse(std::string_view channel) {
  const auto found = channels_.find(channel);
  if (found == channels_.end() || std::exchange(found->second.is_refused, true))
    return;
  for (auto& to : found->second.places)
    refuse(to);
}

/// A subscriber that is not confirmed gets nothing else, so it has room.
void fan_out::refuse(place& to) {
  tell({}, to.subscriber, gapped{gap_reason::refused});
}

void fan_out::suspend(channel_state& channel, gap_reason reason) {
  if (std::exchange(channel.stands, false) && !channel.lost)
    channel.lost = reason;
}

void fan_out::suspend_all(gap_reason reason) {
  for (auto& [name, channel] : channels_)
    suspend(channel, reason);
}

void fan_out::suspend(std::string_view channel, gap_reason reason) {
  if (const auto found = channels_.find(channel); found != channels_.end())
    suspend(found->second, reason);
}

bus_ledger::fan_out_result fan_out::deliver(const publication_ptr& what,
                                            time_point seen) {
  bus_ledger::fan_out_result result;
  const auto found = channels_.find(what->channel());
  if (found == channels_.end())
    return result;
  for (auto& to : found->second.places) {
    if (deliver(what->channel(), to, what, seen))
      ++result.loops;
    else
      ++result.dropped;
  }
  return result;
}

/// Returns false if the publication was dropped because the loop is too far
/// behind.
bool fan_out::deliver(std::string_view channel, place& to,
                      const publication_ptr& what, time_point seen) {
  if (!report_gap(to) || is_full(to.loop)) {
    ++dropped_;
    if (!to.unreported)
      report_or_keep_gap(channel, to, gap_reason::overflow);
    return false;
  }
  ++delivered_;
  tell({}, to.subscriber,
       delivery{what, charge{backlog_of(to.loop), what->cost()}, seen});
  return true;
}

void fan_out::gap(std::string_view channel, gap_reason reason) {
  const auto found = channels_.find(channel);
  if (found == channels_.end())
    return;
  for (auto& to : found->second.places)
    if (to.confirmed)
      report_or_keep_gap(channel, to, reason);
}

void fan_out::report_or_keep_gap(std::string_view channel, place& to,
                                 gap_reason reason) {
  if (to.unreported)
    return;
  to.unreported = reason;
  if (!report_gap(to))
    unreported_.push_back({std::string{channel}, to.loop});
}

bool fan_out::report_gap(place& to) {
  if (!to.unreported)
    return true;
  if (!has_room(to.loop))
    return false;
  ++gaps_;
  tell({}, to.subscriber, gapped{*to.unreported});
  to.unreported.reset();
  return true;
}

bool fan_out::sweep() {
  std::erase_if(unreported_, [this](const unreported_gap& gap) {
    const auto found = channels_.find(gap.channel);
    if (found == channels_.end())
      return true;
    auto* to = find(found->second, gap.loop);
    return to == nullptr || report_gap(*to);
  });
  return !unreported_.empty();
}

std::size_t fan_out::backlog_bytes() const noexcept {
  std::size_t sum = 0;
  for (const auto& each : backlogs_)
    sum += each->bytes();
  return sum;
}

void fan_out::describe(snapshot& out) const {
  out.add("delivered", static_cast<std::int64_t>(delivered_));
  out.add("dropped", static_cast<std::int64_t>(dropped_));
  out.add("gaps", static_cast<std::int64_t>(gaps_));
}

fan_out::place* fan_out::find(channel_state& channel, unsigned loop) {
  const auto found =
    std::find_if(channel.places.begin(), channel.places.end(),
                 [loop](const place& each) { return each.loop == loop; });
  return found == channel.places.end() ? nullptr : &*found;
}

bool fan_out::is_full(unsigned loop) const {
  return backlog_of(loop)->bytes() >= backlog_limit_;
}

// Gaps are sent at half the limit, so that a loop at its limit does not get a
// gap with every message it handles.
bool fan_out::has_room(unsigned loop) const {
  return backlog_of(loop)->bytes() <= backlog_limit_ / 2;
}

} // namespace rookery
