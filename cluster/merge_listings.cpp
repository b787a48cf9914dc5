#include "cluster/merge_listings.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace rookery {

listing merge_listings(std::vector<listing> pages, std::uint32_t limit) {
  auto known_up_to = std::numeric_limits<std::uint64_t>::max();
  listing result;
  for (auto& page : pages) {
    if (page.next != 0)
      known_up_to = std::min(known_up_to, page.next);
    std::move(page.actors.begin(), page.actors.end(),
              std::back_inserter(result.actors));
  }
  auto& actors = result.actors;
  std::sort(actors.begin(), actors.end(),
            [](const snapshot& x, const snapshot& y) { return x.id < y.id; });
  const auto beyond =
    std::find_if(actors.begin(), actors.end(),
                 [&](const snapshot& x) { return x.id > known_up_to; });
  const auto is_known_whole =
    known_up_to == std::numeric_limits<std::uint64_t>::max();
  actors.erase(beyond, actors.end());
  if (actors.size() > limit) {
    actors.resize(limit);
    result.next = actors.back().id;
  } else if (!is_known_whole) {
    result.next = known_up_to;
  }
  return result;
}

} // namespace rookery
