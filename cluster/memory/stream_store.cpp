#include "cluster/memory/stream_store.hpp"

#include "cluster/shared/deadline.hpp"

#include <algorithm>
#include <cassert>

namespace rookery {

namespace {

publication_ptr with_position(const publication& what,
                              const stream_position& position) {
  std::string fields;
  fields.reserve(what.fields().bytes().size() + stream_store::added_fields);
  append_offset(fields, position.offset);
  append_field(fields, field_tag::epoch, position.epoch);
  fields += what.fields().bytes();
  return publication::make(what.channel(), what.data(), what.kind(),
                           publication_fields{fields});
}

/// Returns the publications of a page: the first of the range that fit, the
/// last ones if it is read backwards.
std::span<const publication_ptr> page_of(std::span<const publication_ptr> all,
                                         const history_range& range) {
  const std::size_t limit = std::min({range.limit, longest_page});
  const auto max_bytes = std::min(range.max_bytes, longest_page_bytes);
  std::size_t count = 0;
  for (std::size_t bytes = 0; count < std::min(limit, all.size()); ++count) {
    const auto& next = range.reverse ? all[all.size() - 1 - count] : all[count];
    bytes += next->data().size();
    if (count > 0 && bytes > max_bytes)
      break;
  }
  return range.reverse ? all.last(count) : all.first(count);
}

} // namespace

stream_store::stream_store(const stream_limits& limits, epoch_source new_epoch,
                           use_check is_used)
  : limits_{limits},
    new_epoch_{std::move(new_epoch)},
    is_used_{std::move(is_used)},
    results_{limits.results} {
  assert(limits_.positions > 0);
}

stored_publication stream_store::publish(const publication_ptr& what,
                                         const history_options& history,
                                         const idempotency_key& key,
                                         time_point now) {
  const auto channel = what->channel();
  if (const auto* first = results_.find(channel, key, now))
    return {*first, true, nullptr};
  stored_publication result{{}, false, what};
  if (history.keeps()) {
    auto& in = touch(channel, now);
    result.position = {in.top.offset + 1, in.top.epoch};
    result.what = with_position(*what, result.position);
    keep(in, result.what, history, now);
  }
  results_.keep(channel, key, result.position, now);
  return result;
}

void stream_store::keep(record& in, const publication_ptr& what,
                        const history_options& history, time_point now) {
  const auto is_first = in.kept.empty();
  in.kept.append(what);
  in.top.offset = what->offset();
  list(in);
  bytes_ += what->cost();
  in.deadline = deadline_after(now, history.ttl);
  if (is_first)
    by_use_.push_back(in);
  if (is_first || in.deadline < in.indexed)
    index(in);
  while (in.kept.size() > history.size)
    drop_oldest(in);
  while (bytes_ > limits_.bytes)
    drop_oldest(by_use_.front());
}

history_page stream_store::read(std::string_view channel,
                                const history_range& range, time_point now) {
  const auto& from = touch(channel, now);
  history_page result{from.top, {}};
  auto found = from.kept.all();
  if (range.since)
    found = range.reverse ? from.kept.before(*range.since)
                          : from.kept.after(*range.since);
  const auto page = page_of(found, range);
  if (range.reverse)
    result.publications.assign(page.rbegin(), page.rend());
  else
    result.publications.assign(page.begin(), page.end());
  return result;
}

stream_position stream_store::verify(std::string_view channel,
                                     const stream_position& known,
                                     std::string_view id, time_point now) {
  auto& here = touch(channel, now);
  if (known.epoch != here.top.epoch)
    return here.top;
  const auto* same = here.kept.find(known.offset);
  const auto is_another =
    same != nullptr && same->fields().find(field_tag::id) != id;
  if (known.offset > here.top.offset || is_another)
    begin_epoch(here);
  return here.top;
}

void stream_store::release(std::string_view channel, time_point now) {
  if (auto* here = find(channel, now); here && here->top.offset == 0)
    renew(*here, now);
}

void stream_store::remove(std::string_view channel, time_point now) {
  if (auto* here = find(channel, now)) {
    renew(*here, now);
    forget(*here);
  }
}

bool stream_store::expire(time_point now, std::size_t max) {
  for (; max > 0; --max)
    if (!expire_one(now))
      return false;
  return true;
}

bool stream_store::expire_one(time_point now) {
  if (results_.expire_one(now))
    return true;
  if (!by_deadline_.empty() && by_deadline_.begin()->first <= now) {
    auto& first = *by_deadline_.begin()->second;
    if (first.deadline <= now)
      drop_oldest(first);
    else
      index(first);
    return true;
  }
  return expire_oldest(now);
}

bool stream_store::expire_oldest(time_point now) {
  if (!empty_.empty() && is_due(empty_.front(), now)) {
    if (auto& oldest = empty_.front(); has_ended(oldest, now))
      lose(oldest);
    else
      renew(oldest, now);
    return true;
  }
  if (by_touch_.empty() || !is_due(by_touch_.front(), now))
    return false;
  auto& oldest = by_touch_.front();
  if (oldest.kept.empty())
    lose(oldest);
  else
    drop_oldest(oldest);
  return true;
}

bool stream_store::is_due(const record& which, time_point now) const noexcept {
  const auto ttl = which.top.offset == 0 ? std::min<std::chrono::milliseconds>(
                     empty_position_ttl, limits_.position_ttl)
                                         : limits_.position_ttl;
  return deadline_after(which.touched, ttl) <= now;
}

bool stream_store::has_ended(const record& which, time_point now) const {
  return is_due(which, now)
         && !(which.top.offset == 0 && is_used_ && is_used_(which.channel));
}

stream_store::record* stream_store::find(std::string_view channel,
                                         time_point now) {
  const auto found = records_.find(channel);
  if (found == records_.end())
    return nullptr;
  if (!has_ended(found->second, now))
    return &found->second;
  lose(found->second);
  return nullptr;
}

stream_store::record& stream_store::touch(std::string_view channel,
                                          time_point now) {
  auto* known = find(channel, now);
  auto& result = known != nullptr ? *known : make(channel);
  renew(result, now);
  return result;
}

stream_store::record& stream_store::make(std::string_view channel) {
  if (records_.size() >= limits_.positions)
    lose(empty_.empty() ? by_touch_.front() : empty_.front());
  const auto added = records_.try_emplace(std::string{channel}).first;
  auto& result = added->second;
  result.channel = added->first;
  empty_.push_back(result);
  begin_epoch(result);
  return result;
}

void stream_store::renew(record& which, time_point now) {
  which.touched = now;
  list(which);
  if (which.kept.empty())
    return;
  if (which.deadline <= now)
    forget(which);
  else
    by_use_.splice(by_use_.end(), by_use_, by_use_.iterator_to(which));
}

/// Puts a record at the end of its list.
void stream_store::list(record& which) {
  static_cast<hook<by_touch>&>(which).unlink();
  (which.top.offset == 0 ? empty_ : by_touch_).push_back(which);
}

void stream_store::begin_epoch(record& which) {
  forget(which);
  which.top = {0, new_epoch_()};
  list(which);
  assert(!which.top.epoch.empty());
}

void stream_store::index(record& which) {
  by_deadline_.erase({which.indexed, &which});
  which.indexed = which.deadline;
  by_deadline_.emplace(which.indexed, &which);
}

void stream_store::drop_oldest(record& of) {
  bytes_ -= of.kept.drop_oldest();
  if (of.kept.empty())
    leave_indexes(of);
}

void stream_store::forget(record& which) {
  if (which.kept.empty())
    return;
  bytes_ -= which.kept.bytes();
  which.kept.clear();
  leave_indexes(which);
}

void stream_store::leave_indexes(record& which) {
  by_use_.erase(by_use_.iterator_to(which));
  by_deadline_.erase({which.indexed, &which});
}

void stream_store::lose(record& which) {
  forget(which);
  records_.erase(records_.find(which.channel));
}

} // namespace rookery
