// The part of the class channel that operators see.
#include "actors/channel/channel.hpp"
#include "actors/channel/member.hpp"

#include <algorithm>

namespace rookery {

void channel::describe(snapshot& out) const {
  light_actor::describe(out);
  if (postponed_)
    out.queue_depth += postponed_->size();
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  auto& figures = out.channel.emplace();
  figures.name = record_.name();
  figures.members = members_.size();
  figures.publications = record_.publications();
  figures.deliveries = record_.deliveries();
  figures.per_second = record_.per_second();
  figures.gaps = record_.gaps();
  out.add_flag("confirmed", confirmed_);
  if (!history_)
    return;
  const auto& stream = history_->stream;
  const auto& counted = stream.counted();
  figures.gaps = std::max(figures.gaps, counted.gaps_found);
  out.add("epoch", stream.position().epoch);
  out.add("offset", number(stream.position().offset));
  out.add_flag("current", stream.is_current());
  std::size_t newcomers = 0;
  history_->late.visit_newcomers([&](const auto&) { ++newcomers; });
  out.add("newcomers", number(newcomers));
  out.add("gaps_found", number(counted.gaps_found));
  out.add("gaps_filled", number(counted.gaps_filled));
  out.add("gaps_unfillable", number(counted.gaps_unfillable));
  out.add("repaired", number(counted.publications_repaired));
  out.add("duplicates", number(counted.duplicates));
  out.add("reads", number(counted.reads));
  out.add("lags", number(counted.lags));
}

bool channel::is_chosen(const listing_query& query) const {
  const auto& name = record_.name();
  return query.user.empty() && query.protocol.empty()
         && (query.channel.empty() || query.channel == name)
         && name.starts_with(query.prefix)
         && (query.names.empty()
             || std::ranges::binary_search(query.names, name))
         && (!query.has_gaps || record_.gaps() > 0
             || (history_ && history_->stream.counted().gaps_found > 0));
}

std::uint64_t channel::measure(listing_order order) const {
  switch (order) {
  case listing_order::members:
    return members_.size();
  case listing_order::publications:
    return record_.publications();
  case listing_order::rate:
    return record_.per_second();
  default:
    return light_actor::measure(order);
  }
}

ledger_page channel::look_up(const ledger_query& query) const {
  ledger_page result;
  record_.copy_to(result);
  // Searching all members costs less than one publication.
  for (const auto& place : members_) {
    if (result.members.size() >= query.max_members)
      break;
    if (!place->to)
      continue;
    const auto who = place->to->facts();
    if (query.connection != 0 && query.connection != who.connection)
      continue;
    result.members.push_back({who.connection, std::string{who.user},
                              record_.since(*place), who.queued_bytes});
  }
  return result;
}

} // namespace rookery
