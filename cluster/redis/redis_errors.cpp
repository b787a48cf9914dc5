#include "cluster/redis/redis_errors.hpp"

#include "configs/log.hpp"

#include <algorithm>

namespace rookery {

bool redis_errors::note(const redis_error& what, std::string_view subject,
                        clock::time_point now) {
  auto& found = entry_of(what.word);
  ++found.count;
  found.last_text = what.text;
  found.last_at = now;
  const auto count = pace_.due(found.word, now);
  if (count)
    log::warn("redis error", "link", link_, "error", found.word, "text",
              what.text, "subject", subject, "count", *count);
  return count.has_value();
}

redis_errors::entry& redis_errors::entry_of(std::string_view word) {
  for (;;) {
    const auto found = std::ranges::find(entries_, word, &entry::word);
    if (found != entries_.end())
      return *found;
    if (entries_.size() < max_words || word == "other")
      return entries_.emplace_back(entry{std::string{word}, 0, {}, {}});
    word = "other";
  }
}

std::string to_text(const redis_errors& errors) {
  std::string result;
  for (const auto& each : errors.list())
    result.append(result.empty() ? "" : "; ")
      .append(each.word)
      .append(" ")
      .append(std::to_string(each.count))
      .append(" (")
      .append(each.last_text)
      .append(")");
  return result;
}

} // namespace rookery
