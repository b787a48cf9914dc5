#include "actors/resident_index.hpp"

namespace rookery {

std::optional<snapshot> resident_index::inspect(std::uint64_t id) const {
  const auto found = actors_.find(id);
  if (found == actors_.end())
    return std::nullopt;
  return found->inspect();
}

listing resident_index::list(const listing_query& query) const {
  listing page;
  std::size_t seen = 0;
  auto i = actors_.upper_bound(query.after);
  auto last = query.after;
  while (i != actors_.end() && page.actors.size() < query.limit
         && seen++ < scan_limit) {
    if (query.kind.empty() || i->kind() == query.kind)
      page.actors.push_back(i->inspect());
    last = i->resident_id();
    ++i;
  }
  if (i != actors_.end())
    page.next = last;
  return page;
}

} // namespace rookery
