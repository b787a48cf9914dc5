#include "actors/runtime/meters_scan.hpp"

#include "actors/runtime/loop_actor_index.hpp"

#include <algorithm>
#include <string>

namespace rookery {

bool meters_scan::advance(const loop_actor_index& actors) {
  std::size_t seen = 0;
  after_ = actors.visit(after_, [&](const loop_actor_base& each) {
    add(each);
    return ++seen < slice;
  });
  return after_ != 0;
}

void meters_scan::add(const loop_actor_base& actor) {
  const auto kind = actor.kind();
  auto found = std::ranges::find(kinds_, kind,
                                 [](const auto& each) { return each.first; });
  if (found == kinds_.end())
    found = kinds_.insert(kinds_.end(), {kind, {}});
  ++found->second.actors;
  found->second.queued_messages += actor.measure(listing_order::mailbox);
  queued_bytes_ += actor.measure(listing_order::bytes);
}

void meters_scan::add_to(loop_meters& out) const {
  out.queued_bytes += queued_bytes_;
  for (const auto& [kind, sums] : kinds_) {
    auto& sum = out.kinds[std::string{kind}];
    sum.actors += sums.actors;
    sum.queued_messages += sums.queued_messages;
  }
}

} // namespace rookery
