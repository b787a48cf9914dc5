// What a channel puts on record of its publications and members.
#include "actors/channel/channel.hpp"
#include "actors/channel/member.hpp"

namespace rookery {

channel_ledger& channel::ledger() {
  if (!ledger_)
    ledger_ = std::make_unique<channel_ledger>(home()->record().ledgers);
  return *ledger_;
}

void channel::note(handled_publication&& what, time_point seen) {
  auto& record = home()->record();
  const auto now = std::chrono::steady_clock::now();
  what.at = record.clock.at(now);
  ++record.meters.publications;
  record.meters.deliveries += what.members - what.dropped;
  if (seen != time_point{})
    record.meters.fan_out.add(now - seen);
  ledger().note(what);
}

void channel::note_dropped(subscription& place) {
  if (place.has_dropped)
    return;
  const auto who = place.to->facts();
  // Closed for another reason: it is about to leave.
  if (who.ending && *who.ending != close_reason::slow_consumer
      && *who.ending != close_reason::memory_pressure)
    return;
  place.has_dropped = true;
  const auto why = who.ending ? to_string(*who.ending) : std::string_view{};
  auto& record = home()->record();
  ledger().mark(publications_, record.clock.now(), mark_kind::dropped,
                who.connection, why);
  record.note(
    {journal_kind::dropped, who.connection, who.user, name_, {}, 0, why});
}

void channel::note_joined(subscription& place,
                          std::span<const publication_ptr> missed) {
  place.since = static_cast<std::uint32_t>(
    ledger_ && !missed.empty()
      ? ledger_->number_before(missed.front()->offset(), publications_)
      : publications_);
  // A channel that nothing was published on needs no mark for every member.
  if (ledger_ && place.to)
    mark_if_kept(mark_kind::joined, place.to->facts().connection,
                 missed.empty() ? "" : "recovered");
}

void channel::note_gap(std::string_view why) {
  ledger().mark(publications_, home()->record().clock.now(), mark_kind::gap, 0,
                why);
  journal(journal_kind::gap, why);
}

void channel::note_lost(gap_reason why) {
  ledger().mark(publications_, home()->record().clock.now(), mark_kind::lost, 0,
                to_string(why));
  journal(journal_kind::lost, to_string(why));
}

void channel::jumped() {
  note_gap("jump");
}

void channel::filled() {
  journal(journal_kind::repaired, {});
}

void channel::journal(journal_kind what, std::string_view reason) {
  home()->record().note({what, 0, {}, name_, {}, 0, reason});
}

void channel::mark_if_kept(mark_kind what, std::uint64_t connection,
                           std::string_view detail) {
  if (ledger_)
    ledger_->mark(publications_, home()->record().clock.now(), what, connection,
                  detail);
}

std::uint32_t channel::per_second() const {
  return ledger_ ? ledger_->per_second(home()->record().clock.now()) : 0;
}

ledger_page channel::look_up(const ledger_query& query) const {
  ledger_page result;
  if (ledger_)
    ledger_->copy_to(result, publications_);
  // To look at all members costs less than one publication.
  for (const auto& place : members_) {
    if (result.members.size() >= query.most_members)
      break;
    if (!place->to)
      continue;
    const auto who = place->to->facts();
    if (query.connection != 0 && query.connection != who.connection)
      continue;
    result.members.push_back({who.connection, std::string{who.user},
                              whole_number(place->since, publications_),
                              who.queued_bytes});
  }
  return result;
}

} // namespace rookery
