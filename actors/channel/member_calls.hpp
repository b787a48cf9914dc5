#pragma once

#include "actors/channel/member.hpp"
#include "actors/message/subscription.hpp"
#include "actors/runtime/guarded.hpp"

#include <string_view>

namespace rookery {

/// Calls `task` with the member of `place`, unless it has left. An exception
/// ends that member alone.
template <class Task>
void call_member(const subscription& place, std::string_view during,
                 Task task) {
  auto* to = place.to;
  if (to)
    guarded([&] { task(*to); },
            [&](std::string_view what) { to->failed(during, what); });
}

inline void let_in(subscription& place, const member_entry& how) {
  call_member(place, "subscribed",
              [&](member& to) { to.subscribed(place, how); });
}

inline void report_gap(subscription& place, gap_reason reason) {
  call_member(place, "missed", [&](member& to) { to.missed(place, reason); });
}

/// Reports that the channel has not let the member in so far.
inline void report_delay(subscription& place) {
  call_member(place, "overdue", [&](member& to) { to.overdue(place); });
}

/// Reports that the bus does not send the channel's publications.
inline void report_refusal(subscription& place) {
  report_delay(place);
  report_gap(place, gap_reason::refused);
}

/// Ends the member because of an error of its channel.
inline void end_member(const subscription& place, std::string_view why) {
  if (place.to)
    place.to->failed("channel", why);
}

} // namespace rookery
