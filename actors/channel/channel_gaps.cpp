// The part of the class channel that reports gaps.
#include "actors/channel/channel.hpp"
#include "actors/channel/member_calls.hpp"

#include <utility>

namespace rookery {

void channel::tell_gap(const gapped& gap) {
  record_.gap(to_string(gap.reason));
  if (gap.reason == gap_reason::refused)
    return refuse();
  if (history_)
    history_->stream.interrupted();
  else
    tell_all(gap.reason);
}

/// Tells all that the bus does not send the channel's publications. They stay:
/// it may do so later.
void channel::refuse() {
  is_refused_ = true;
  std::vector<subscription_ptr> all = members_;
  if (history_)
    history_->late.visit_newcomers(
      [&](subscription& place) { all.emplace_back(&place); });
  const std::span<const subscription_ptr> places{all};
  visit_all(places, [kept = std::move(all)](subscription& place) {
    report_refusal(place);
  });
}

void channel::renamed() {
  visit_all(
    members_, [position = history_->stream.position()](subscription& place) {
      auto at = position;
      if (place.from) {
        at.offset = place.from->offset;
        place.from = std::make_unique<const stream_position>(at);
      }
      call_member(place, "renamed", [&](member& to) { to.renamed(place, at); });
    });
}

void channel::broken(gap_reason reason, std::uint64_t count) {
  record_.lost(reason, count);
  record_.count_gap();
  const auto is_new = reason == gap_reason::new_epoch;
  if (is_new)
    history_->late.begin_epoch();
  visit_all(members_, [is_new, reason](subscription& place) {
    if (is_new)
      place.from.reset();
    // Members that are behind find the gap when they come to it.
    if (!place.from)
      report_gap(place, reason);
  });
}

void channel::lost(subscription& place, std::uint64_t count) {
  record_.lost(gap_reason::trimmed, count);
  record_.count_gap();
  report_gap(place, gap_reason::trimmed);
}

void channel::tell_all(gap_reason reason) {
  record_.count_gap();
  visit_all(members_,
            [reason](subscription& place) { report_gap(place, reason); });
}

} // namespace rookery
