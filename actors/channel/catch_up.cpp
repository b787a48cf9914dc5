#include "actors/channel/catch_up.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace rookery {

namespace {

/// Returns the first publications, up to that offset and about that many bytes.
std::span<const publication_ptr> first_of(std::span<const publication_ptr> all,
                                          std::uint64_t last,
                                          std::size_t max_bytes) {
  std::size_t count = 0;
  for (std::size_t bytes = 0;
       count < all.size() && bytes < max_bytes && all[count]->offset() <= last;
       ++count)
    bytes += all[count]->cost();
  return all.first(count);
}

history_range page_after(std::uint64_t offset) {
  return {
    .since = offset, .limit = longest_page, .max_bytes = catch_up::page_bytes};
}

} // namespace

void catch_up::join(const subscription_ptr& newcomer) {
  newcomer->is_waiting = true;
  handed_ = 0;
  waiting_.push_back({newcomer});
  settle(waiting_.back());
  if (waiting_.back().is_done)
    waiting_.pop_back();
  else
    read_next();
}

void catch_up::leave(const subscription_ptr& place) {
  std::erase_if(waiting_,
                [&place](const auto& each) { return each.place == place; });
}

void catch_up::resume(const subscription_ptr& place) {
  if (place->is_waiting || place->awaits_read || hand_on(place))
    return;
  await_read(place);
  read_next();
}

void catch_up::await_read(const subscription_ptr& place) {
  place->awaits_read = true;
  waiting_.push_back({place});
}

void catch_up::settle() {
  handed_ = 0;
  settled_ = 0;
  is_settling_ = true;
  step();
}

void catch_up::step() {
  const auto end = std::min(settled_ + settle_count, waiting_.size());
  for (; settled_ < end; ++settled_)
    settle(waiting_[settled_]);
  if (settled_ < waiting_.size())
    return;
  is_settling_ = false;
  std::erase_if(waiting_, [](const auto& each) { return each.is_done; });
  read_next();
}

void catch_up::settle(waiter& which) {
  const auto& place = which.place;
  if (place->is_waiting) {
    which.is_done = let_in(which);
  } else if (handed_ < settle_bytes) {
    which.is_done = hand_on(place);
  } else {
    which.is_done = true;
    owner_.resume_later(place);
  }
  if (which.is_done)
    place->awaits_read = false;
}

void catch_up::clear() noexcept {
  lost_up_to_ = std::max(lost_up_to_, stream_.position().offset);
}

/// Clears what the history has expired since the last move, if that was seen.
void catch_up::expire() noexcept {
  if (moved_ != time_point{}
      && std::chrono::steady_clock::now() - moved_ >= kept_.ttl)
    clear();
}

/// Returns false if the newcomer has to wait.
bool catch_up::let_in(waiter& which) {
  const auto& place = which.place;
  if (!stream_.is_current())
    return false;
  const auto& position = stream_.position();
  const auto* from = place->from.get();
  if (from)
    expire();
  if (!from) {
    admit(place, false);
  } else if ((!from->epoch.empty() && !stream_.epochs().contain(*from))
             || from->offset > position.offset) {
    // The stream may be late.
    if (!std::exchange(which.is_checked, true)) {
      stream_.look();
      return false;
    }
    admit(place, false);
  } else if (from->offset < lost_up_to_
             || from->offset + kept_.size < position.offset) {
    admit(place, false);
  } else {
    const auto missed = find(from->offset);
    if (missed.empty() && from->offset < position.offset)
      return false;
    admit(place, true, missed);
  }
  return true;
}

void catch_up::admit(const subscription_ptr& newcomer, bool is_recovered,
                     std::span<const publication_ptr> missed) {
  const auto& position = stream_.position();
  const auto gets_some =
    !missed.empty() && handed_ < settle_bytes && owner_.has_room(*newcomer);
  const auto first =
    first_of(missed, position.offset, gets_some ? share_bytes : 0);
  for (const auto& each : first)
    handed_ += each->cost();
  owner_.admit(newcomer, is_recovered, first);
}

/// Returns false if the member needs a read of the history.
bool catch_up::hand_on(const subscription_ptr& place) {
  if (!place->to || !place->from)
    return true;
  const auto& position = stream_.position();
  auto offset = place->from->offset;
  auto lacking = find(offset);
  const auto lost = std::min(lost_up_to_, position.offset);
  if (lacking.empty() && offset < lost) {
    owner_.lost(*place, lost - offset);
    offset = lost;
    lacking = find(offset);
  }
  const auto needs_more = lacking.empty() && offset < position.offset;
  auto is_refused = false;
  for (const auto& each : first_of(lacking, position.offset, share_bytes)) {
    is_refused = !place->to || !owner_.hand_to(*place, *each);
    if (is_refused)
      break;
    offset = each->offset();
    handed_ += each->cost();
  }
  if (!place->to)
    return true;
  if (offset < position.offset) {
    place->from = std::make_unique<const stream_position>(
      stream_position{offset, position.epoch});
    if (!needs_more && !is_refused)
      owner_.resume_later(place);
  } else {
    place->from.reset();
  }
  return !needs_more;
}

/// Returns the publications after that offset as far as they are remembered
/// without a hole; they may go beyond the position. Empty if the first of them
/// is not remembered.
std::span<const publication_ptr> catch_up::find(std::uint64_t after) {
  if (const auto found = stream_.recall(after))
    return *found;
  return past_.since(after).value_or(std::span<const publication_ptr>{});
}

bool catch_up::needs_read(const subscription& place) const {
  const auto& position = stream_.position();
  return place.from && place.from->offset < position.offset
         && (!place.is_waiting || stream_.is_current());
}

/// Reads for the first that needs it, so that each gets its turn.
void catch_up::read_next() {
  if (is_reading_ || has_failed_)
    return;
  const auto next = std::ranges::find_if(
    waiting_, [this](const auto& each) { return needs_read(*each.place); });
  if (next == waiting_.end())
    return;
  is_reading_ = true;
  read_after_ = next->place->from->offset;
  owner_.read_past(page_after(read_after_));
}

history_range catch_up::first_range() const {
  history_range result;
  for (const auto& each : waiting_) {
    if (!each.place->from)
      continue;
    const auto offset = each.place->from->offset;
    result = page_after(std::min(offset, result.since.value_or(offset)));
  }
  return result;
}

void catch_up::remember(const history_page& page) {
  if (page.publications.empty()
      || stream_.recall(page.publications.front()->offset() - 1))
    return;
  for (const auto& each : page.publications)
    past_.append(each);
}

void catch_up::answered(const history_page& page) {
  is_reading_ = false;
  const auto& position = stream_.position();
  if (page.top.epoch != position.epoch || page.top.offset < position.offset) {
    // Another history: the stream has to find that out first.
    stream_.look();
    return;
  }
  auto next = read_after_ + 1;
  for (const auto& each : page.publications) {
    if (each->offset() != next)
      lost_up_to_ = each->offset() - 1;
    next = each->offset() + 1;
  }
  if (page.publications.empty())
    lost_up_to_ = std::max(lost_up_to_, page.top.offset);
  remember(page);
  settle();
}

void catch_up::failed() {
  is_reading_ = false;
  has_failed_ = true;
}

void catch_up::retry() {
  if (std::exchange(has_failed_, false))
    read_next();
}

void catch_up::begin_epoch() {
  past_.clear();
  lost_up_to_ = 0;
}

void catch_up::restart(std::span<const subscription_ptr> members) {
  begin_epoch();
  is_settling_ = false;
  is_reading_ = false;
  has_failed_ = false;
  std::erase_if(waiting_,
                [](const auto& each) { return !each.place->is_waiting; });
  for (const auto& each : members)
    if (each->from)
      await_read(each);
}

} // namespace rookery
