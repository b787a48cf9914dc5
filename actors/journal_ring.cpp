#include "actors/journal_ring.hpp"

#include <algorithm>
#include <array>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 9> names{
  "connected", "refused", "subscribed", "unsubscribed", "closed",
  "dropped",   "gap",     "repaired",   "lost"};
static_assert(names.size() == static_cast<std::size_t>(journal_kind::lost) + 1);

bool is_asked_for(const journal_entry& entry, const journal_query& query) {
  return (query.connection == 0 || query.connection == entry.connection)
         && (query.what.empty() || query.what == to_string(entry.what))
         && (query.user.empty() || query.user == entry.user)
         && (query.channel.empty() || query.channel == entry.channel);
}

} // namespace

std::string_view to_string(journal_kind what) noexcept {
  return names[static_cast<std::size_t>(what)];
}

void journal_ring::add(const journal_note& what, moment at) {
  if (entries_.size() < capacity)
    entries_.emplace_back();
  auto& entry = entries_[last_ % capacity];
  entry.number = ++last_;
  entry.at = at;
  entry.what = what.what;
  entry.connection = what.connection;
  // Not a new entry: the strings keep their storage.
  entry.user = what.user;
  entry.channel = what.channel;
  entry.remote_address = what.remote_address;
  entry.code = what.code;
  entry.reason = what.reason;
}

journal_page journal_ring::list(const journal_query& query) const {
  journal_page result;
  result.last = last_;
  for (auto left = entries_.size(), number = last_;
       left > 0 && number > query.after && result.entries.size() < query.limit;
       --left, --number)
    if (const auto& entry = entries_[(number - 1) % capacity];
        is_asked_for(entry, query))
      result.entries.push_back(entry);
  std::ranges::reverse(result.entries);
  return result;
}

} // namespace rookery
