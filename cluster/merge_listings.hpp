#pragma once

#include "actors/snapshot.hpp"

#include <cstdint>
#include <vector>

namespace rookery {

/// Makes one page of at most `limit` actors out of one page of each loop, in
/// the order of ids. A loop that has more than its page holds back everything
/// behind it, so that no page leaves a gap.
listing merge_listings(std::vector<listing> pages, std::uint32_t limit);

} // namespace rookery
