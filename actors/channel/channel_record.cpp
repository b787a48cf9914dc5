#include "actors/channel/channel_record.hpp"

#include "actors/channel/member.hpp"

namespace rookery {

channel_ledger& channel_record::ledger() {
  if (!ledger_)
    ledger_ = std::make_unique<channel_ledger>(loop_.ledgers);
  return *ledger_;
}

std::uint32_t channel_record::per_second() const {
  return ledger_ ? ledger_->per_second(loop_.clock.now()) : 0;
}

void channel_record::handled(handled_publication&& what, time_point seen) {
  const auto now = std::chrono::steady_clock::now();
  const auto taken = what.members - what.dropped;
  what.at = loop_.clock.at(now);
  deliveries_ += taken;
  ++loop_.meters.publications;
  loop_.meters.deliveries += taken;
  if (seen != time_point{})
    loop_.meters.fan_out.add(now - seen);
  ledger().note(what);
}

void channel_record::dropped(subscription& place) {
  if (place.has_dropped)
    return;
  const auto who = place.to->facts();
  // A member that is closed for another reason is about to leave.
  if (who.ending && *who.ending != close_reason::slow_consumer
      && *who.ending != close_reason::memory_pressure)
    return;
  place.has_dropped = true;
  const auto why = who.ending ? to_string(*who.ending) : std::string_view{};
  mark(mark_kind::dropped, who.connection, why);
  loop_.note(
    {journal_kind::dropped, who.connection, who.user, name_, {}, 0, why});
}

void channel_record::joined(subscription& place,
                            const stream_position* recovered_from) {
  place.since = static_cast<std::uint32_t>(
    ledger_ && recovered_from
      ? ledger_->number_before(recovered_from->offset + 1, publications_)
      : publications_);
  // A channel without publications needs no mark for every member.
  if (ledger_ && place.to)
    mark(mark_kind::joined, place.to->facts().connection,
         recovered_from ? "recovered" : "");
}

void channel_record::left(std::uint64_t connection, leave_cause why) {
  if (ledger_)
    mark(mark_kind::left, connection, why.text());
}

void channel_record::gap(std::string_view why) {
  mark(mark_kind::gap, 0, why);
  journal(journal_kind::gap, why);
}

void channel_record::repaired() {
  journal(journal_kind::repaired, {});
}

void channel_record::lost(gap_reason why, std::uint64_t count) {
  mark(mark_kind::lost, 0, to_string(why));
  journal(journal_kind::lost, to_string(why), count);
}

void channel_record::journal(journal_kind what, std::string_view reason,
                             std::uint64_t publications) {
  loop_.note({what, 0, {}, name_, {}, 0, reason, publications});
}

void channel_record::mark(mark_kind what, std::uint64_t connection,
                          std::string_view detail) {
  ledger().mark(publications_, loop_.clock.now(), what, connection, detail);
}

void channel_record::copy_to(ledger_page& out) const {
  if (ledger_)
    ledger_->copy_to(out, publications_);
}

} // namespace rookery
