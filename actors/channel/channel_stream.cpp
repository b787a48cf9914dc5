#include "actors/channel/channel_stream.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace rookery {

namespace {

std::string_view epoch_of(const publication& what) noexcept {
  return what.fields().find(field_tag::epoch);
}

std::string_view id_of(const publication& what) noexcept {
  return what.fields().find(field_tag::id);
}

} // namespace

void channel_stream::delivered(const publication_ptr& what) {
  if (is_current())
    accept(what);
  else
    keep_waiting(what);
}

bool channel_stream::follows(const publication& what) const {
  return what.offset() == position_.offset + 1
         && epoch_of(what) == position_.epoch;
}

void channel_stream::accept(const publication_ptr& what) {
  if (follows(*what))
    return move_to(what);
  if (what->offset() > position_.offset || epoch_of(*what) != position_.epoch) {
    count(&stream_counters::gaps_found);
    owner_.jumped();
  } else if (has_passed(*what)) {
    count(&stream_counters::duplicates);
    return;
  }
  keep_waiting(what);
  need_read();
}

/// Returns true if this publication was passed on before. Another publication
/// may have had its offset: then the history has moved back. Returns false if
/// the stream does not remember.
bool channel_stream::has_passed(const publication& what) {
  if (what.offset() == position_.offset && !last_id_.empty())
    return id_of(what) == last_id_;
  const auto found = recent_.since(what.offset() - 1);
  return found && !found->empty() && id_of(*found->front()) == id_of(what);
}

void channel_stream::keep_waiting(const publication_ptr& what) {
  if (waiting_bytes_ + what->cost() > waiting_limit) {
    read_again_ = true;
    return;
  }
  waiting_bytes_ += what->cost();
  waiting_.push_back(what);
}

/// Returns true if `what` waits for the read under way.
bool channel_stream::has_come(const publication& what) const {
  return std::ranges::any_of(waiting_, [&](const auto& each) {
    return each->offset() == what.offset();
  });
}

void channel_stream::move_to(const publication_ptr& next, bool is_repaired) {
  recent_.append(next);
  last_id_ = id_of(*next);
  // Move the position last: after an error in the lines above the publication
  // is read again.
  position_.offset = next->offset();
  owner_.advance(next, is_repaired);
}

void channel_stream::interrupted() {
  is_attached_ = true;
  if (is_known_)
    count(&stream_counters::gaps_found);
  need_read();
}

void channel_stream::restart() {
  newcomers_.clear();
  waiting_.clear();
  waiting_bytes_ = 0;
  recent_.clear();
  is_reading_ = false;
  has_failed_ = false;
  read_again_ = false;
  if (is_attached_)
    interrupted();
}

void channel_stream::need_read() {
  if (is_reading_)
    read_again_ = true;
  else
    read();
}

void channel_stream::read() {
  history_request what;
  what.range.limit = is_known_ ? longest_page : 0;
  auto since =
    is_known_ ? position_.offset : std::numeric_limits<std::uint64_t>::max();
  for (auto& who : newcomers_) {
    who.is_asked_for = who.recovers && (!is_known_ || needs_read(who));
    if (!who.is_asked_for)
      continue;
    since = std::min(since, who.from.offset);
    what.range.limit = longest_page;
  }
  if (what.range.limit > 0)
    what.range.since = since;
  if (is_known_) {
    what.known = position_;
    what.known_id = last_id_;
  }
  is_reading_ = true;
  has_failed_ = false;
  read_again_ = false;
  waited_before_ = waiting_.size();
  count(&stream_counters::reads);
  owner_.read(what);
}

void channel_stream::answered(const history_page& page) {
  is_reading_ = false;
  if (is_known_)
    repair(page);
  else
    begin_at(page);
  admit_all();
  work_off();
  if (read_again_)
    need_read();
}

void channel_stream::begin_at(const history_page& page) {
  is_known_ = true;
  position_ = page.top;
  look_back(page);
  if (!page.publications.empty()
      && page.publications.back()->offset() < position_.offset)
    read_again_ = true;
}

/// Remembers the publications of the page up to the position, for newcomers.
void channel_stream::look_back(const history_page& page) {
  const auto& all = page.publications;
  const auto end =
    std::find_if(all.begin(), all.end(), [this](const auto& each) {
      return each->offset() > position_.offset;
    });
  const auto is_useful = end != all.begin()
                         && (*std::prev(end))->offset() == position_.offset
                         && !recall(all.front()->offset() - 1);
  if (!is_useful)
    return;
  recent_.clear();
  std::for_each(all.begin(), end,
                [this](const auto& each) { recent_.append(each); });
  last_id_ = id_of(**std::prev(end));
}

void channel_stream::repair(const history_page& page) {
  if (page.top.epoch != position_.epoch || page.top.offset < position_.offset)
    return break_at(page.top, gap_reason::new_epoch);
  look_back(page);
  const auto before = position_.offset;
  const auto unfillable = counters_.gaps_unfillable;
  for (const auto& each : page.publications) {
    if (each->offset() <= position_.offset)
      continue;
    if (!follows(*each))
      break_at({each->offset() - 1, position_.epoch}, gap_reason::trimmed);
    count(&stream_counters::publications_repaired);
    move_to(each, !has_come(*each));
  }
  // A short page: read on. A page without anything new: the rest is gone.
  if (position_.offset < page.top.offset) {
    if (position_.offset > before)
      read_again_ = true;
    else
      break_at(page.top, gap_reason::trimmed);
  }
  if (position_.offset > before && counters_.gaps_unfillable == unfillable) {
    count(&stream_counters::gaps_filled);
    owner_.filled();
  }
}

void channel_stream::break_at(stream_position top, gap_reason reason) {
  count(&stream_counters::gaps_unfillable);
  position_ = std::move(top);
  last_id_.clear();
  recent_.clear();
  owner_.broken(reason);
}

void channel_stream::failed() {
  is_reading_ = false;
  has_failed_ = true;
}

void channel_stream::retry() {
  if (has_failed_ && !is_reading_)
    read();
}

void channel_stream::join(std::uint64_t number, const stream_start* from) {
  newcomer who{number, from != nullptr, from ? *from : stream_start{}};
  if (is_current() && !needs_read(who))
    return admit(who);
  newcomers_.push_back(std::move(who));
  if (is_attached_ && !is_reading_ && !has_failed_)
    read();
}

void channel_stream::give_up(std::uint64_t number) {
  std::erase_if(newcomers_,
                [number](const auto& who) { return who.number == number; });
}

bool channel_stream::is_of_our_epoch(const newcomer& who) const {
  return who.from.epoch.empty() || who.from.epoch == position_.epoch;
}

/// Returns true if a read may bring the publications that the newcomer has
/// missed: they are not remembered here, or the newcomer is ahead of the
/// stream.
bool channel_stream::needs_read(const newcomer& who) {
  if (!who.recovers || !is_of_our_epoch(who))
    return false;
  if (who.from.offset > position_.offset)
    return true;
  return position_.offset - who.from.offset <= recovery_limit
         && !recall(who.from.offset);
}

void channel_stream::admit(const newcomer& who) {
  const auto is_ours =
    who.recovers && is_of_our_epoch(who) && who.from.offset <= position_.offset;
  const auto missed = is_ours ? recall(who.from.offset) : std::nullopt;
  owner_.admit(who.number, missed.has_value(),
               missed.value_or(std::span<const publication_ptr>{}));
}

void channel_stream::admit_all() {
  auto newcomers = std::exchange(newcomers_, {});
  for (auto& who : newcomers) {
    // A newcomer that joined during the read, or is farther back than its page.
    if (needs_read(who) && (!who.is_asked_for || read_again_)) {
      read_again_ = true;
      newcomers_.push_back(std::move(who));
    } else {
      admit(who);
    }
  }
}

void channel_stream::work_off() {
  const auto waiting = std::exchange(waiting_, {});
  waiting_bytes_ = 0;
  for (std::size_t i = 0; i < waiting.size(); ++i)
    if (i >= waited_before_ || follows(*waiting[i]))
      delivered(waiting[i]);
}

/// Returns the publications after that offset up to the position; nullopt if
/// some are not remembered.
std::optional<std::span<const publication_ptr>>
channel_stream::recall(std::uint64_t after) {
  if (after == position_.offset)
    return std::span<const publication_ptr>{};
  return recent_.since(after);
}

} // namespace rookery
