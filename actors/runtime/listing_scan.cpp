#include "actors/runtime/listing_scan.hpp"

#include "actors/runtime/loop_actor_index.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

bool listing_scan::advance(const loop_actor_index& actors) {
  if (is_paged())
    return list_by_id(actors);
  if (is_searched_)
    return show_found(actors);
  std::size_t cost = 0;
  query_.after = actors.visit(query_.after, [&](const loop_actor_base& actor) {
    if (query_.limit > 0 && actor.matches(query_))
      consider(actor);
    return ++cost < slice;
  });
  if (query_.after == 0)
    end_search();
  return true;
}

bool listing_scan::list_by_id(const loop_actor_index& actors) {
  std::size_t cost = 0;
  query_.after = actors.visit(query_.after, [&](const loop_actor_base& actor) {
    if (actor.matches(query_)) {
      if (page_.actors.size() == query_.limit) {
        has_more_ = true;
        return false;
      }
      page_.actors.push_back({actor.inspect(), actor.actor_id()});
      cost += snapshot_cost;
    }
    return ++cost < slice;
  });
  if (has_more_)
    page_.next = page_.actors.empty() ? 0 : page_.actors.back().what.id;
  return query_.after != 0 && !has_more_;
}

void listing_scan::consider(const loop_actor_base& actor) {
  candidate next{actor.measure(query_.order), {}, actor.actor_id()};
  if (is_by_name()) {
    next.name = actor.listed_name();
    if (next.name.empty() || next.name <= query_.after_name)
      return;
  }
  found_.push_back(std::move(next));
  if (found_.size() >= 2 * query_.limit)
    cut();
}

bool listing_scan::is_before(const candidate& x, const candidate& y) const {
  if (is_by_name())
    return x.name < y.name;
  return x.measure != y.measure ? x.measure > y.measure : x.id < y.id;
}

void listing_scan::cut() {
  if (found_.size() <= query_.limit)
    return;
  const auto end = found_.begin() + query_.limit;
  std::nth_element(
    found_.begin(), end, found_.end(),
    [this](const auto& x, const auto& y) { return is_before(x, y); });
  found_.erase(end, found_.end());
  has_more_ = true;
}

void listing_scan::end_search() {
  cut();
  std::ranges::sort(
    found_, [this](const auto& x, const auto& y) { return is_before(x, y); });
  if (is_by_name() && has_more_ && !found_.empty())
    page_.next_name = found_.back().name;
  is_searched_ = true;
}

bool listing_scan::show_found(const loop_actor_index& actors) {
  const auto end = std::min(found_.size(), shown_ + slice / snapshot_cost);
  for (; shown_ < end; ++shown_)
    if (const auto* actor = actors.find(found_[shown_].id))
      page_.actors.push_back({actor->inspect(), found_[shown_].measure});
  return shown_ < found_.size();
}

} // namespace rookery
