#include "configs/suggest.hpp"

#include "configs/settings_table.hpp"

#include <algorithm>
#include <numeric>

namespace rookery {

namespace {

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < from.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const auto replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

struct search {
  std::string_view wanted;
  std::string_view best = {};
  std::size_t best_distance = std::min<std::size_t>(wanted.size() / 3, 3) + 1;

  void offer(std::string_view compared, std::string_view answer) {
    const auto d = distance(wanted, compared);
    if (d < best_distance) {
      best_distance = d;
      best = answer;
    }
  }
};

} // namespace

std::string_view suggest_key(std::string_view key) {
  // A longer one resembles no key, and would cost time.
  if (key.size() > 64)
    return {};
  search result{key};
  for (const auto& entry : settings_table())
    result.offer(key.find('.') == key.npos ? entry.name() : entry.key,
                 entry.key);
  return result.best;
}

std::string_view suggest_group(std::string_view name) {
  if (name.size() > 64)
    return {};
  search result{name};
  for (const auto& group : setting_groups())
    result.offer(group.name, group.name);
  return result.best;
}

} // namespace rookery
