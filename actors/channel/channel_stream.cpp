#include "actors/channel/channel_stream.hpp"

#include <algorithm>
#include <iterator>
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
  if (what->offset() > position_.offset
      || !epochs().contain({what->offset(), std::string{epoch_of(*what)}})) {
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

/// Returns true if `what` came before the answer that is worked off.
bool channel_stream::has_come(const publication& what) const {
  return std::ranges::any_of(work_->waited, [&](const auto& each) {
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
  waiting_.clear();
  waiting_bytes_ = 0;
  work_.reset();
  recent_.clear();
  is_reading_ = false;
  has_failed_ = false;
  read_again_ = false;
  if (is_attached_)
    interrupted();
}

void channel_stream::look() {
  if (is_attached_ && !has_failed_)
    need_read();
}

void channel_stream::need_read() {
  if (is_reading_)
    read_again_ = true;
  else
    read();
}

void channel_stream::read() {
  history_request what;
  if (is_known_) {
    what.range.since = position_.offset;
    what.range.limit = longest_page;
    what.range.max_bytes = page_bytes;
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

void channel_stream::answered(std::shared_ptr<const history_page> page) {
  is_reading_ = false;
  if (!is_known_) {
    begin_at(*page);
    page.reset();
  }
  work_.reset(new unfinished{std::move(page), std::exchange(waiting_, {}),
                             waited_before_, 0, position_.offset,
                             counters_.gaps_unfillable});
  waiting_bytes_ = 0;
}

void channel_stream::step() {
  auto& work = *work_;
  if (work.page)
    return repair();
  if (work.next < work.waited.size()) {
    const auto index = work.next++;
    return work_off(work.waited[index], index < work.covered);
  }
  work_.reset();
  if (read_again_)
    need_read();
}

void channel_stream::begin_at(const history_page& page) {
  is_known_ = true;
  position_ = page.top;
  earlier_ = page.earlier;
  look_back(page);
}

/// Remembers the publications of the page up to the position.
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

/// Takes the next publication of the page.
void channel_stream::repair() {
  auto& work = *work_;
  const auto& page = *work.page;
  if (work.next == 0) {
    earlier_ = page.earlier;
    if (!epochs_of(page).contain(position_)
        || page.top.offset < position_.offset) {
      break_at(page.top, gap_reason::new_epoch);
      return end_repair();
    }
  }
  if (page.top.epoch != position_.epoch) {
    position_.epoch = page.top.epoch;
    return owner_.renamed();
  }
  while (work.next < page.publications.size()) {
    const auto& next = page.publications[work.next];
    if (next->offset() > position_.offset) {
      if (next->offset() != position_.offset + 1)
        return break_at({next->offset() - 1, position_.epoch},
                        gap_reason::trimmed);
      ++work.next;
      count(&stream_counters::publications_repaired);
      return move_to(next, !has_come(*next));
    }
    ++work.next;
  }
  const auto is_further = position_.offset > work.began_at;
  // A short page: read on. A page without anything new: the rest is gone.
  if (position_.offset < page.top.offset) {
    if (is_further)
      read_again_ = true;
    else
      break_at(page.top, gap_reason::trimmed);
  }
  if (is_further && counters_.gaps_unfillable == work.unfillable) {
    count(&stream_counters::gaps_filled);
    owner_.filled();
  }
  end_repair();
}

void channel_stream::end_repair() {
  work_->page.reset();
  work_->next = 0;
}

void channel_stream::break_at(stream_position top, gap_reason reason) {
  count(&stream_counters::gaps_unfillable);
  const auto lost =
    reason == gap_reason::trimmed ? top.offset - position_.offset : 0;
  position_ = std::move(top);
  last_id_.clear();
  recent_.clear();
  owner_.broken(reason, lost);
}

void channel_stream::failed() {
  is_reading_ = false;
  has_failed_ = true;
}

void channel_stream::retry() {
  if (has_failed_ && !is_reading_)
    read();
}

void channel_stream::work_off(const publication_ptr& waited, bool is_covered) {
  if (is_covered && !follows(*waited))
    return;
  if (is_reading_)
    keep_waiting(waited);
  else
    accept(waited);
}

std::optional<std::span<const publication_ptr>>
channel_stream::recall(std::uint64_t after) {
  if (after == position_.offset)
    return std::span<const publication_ptr>{};
  return recent_.since(after);
}

} // namespace rookery
