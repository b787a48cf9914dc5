#include "actors/record/journal_ring.hpp"

#include <algorithm>
#include <array>

namespace rookery {

namespace {

constexpr std::array<std::string_view, 10> names{
  "connected", "refused", "subscribed", "unsubscribed", "closed",
  "dropped",   "gap",     "repaired",   "lost",         "redis_error"};
static_assert(names.size()
              == static_cast<std::size_t>(journal_kind::redis_error) + 1);

bool is_asked_for(const journal_entry& entry, const journal_query& query) {
  return (query.connection == 0 || query.connection == entry.connection)
         && (query.what.empty() || query.what == to_string(entry.what))
         && (query.user.empty() || query.user == entry.user)
         && (query.channel.empty() || query.channel == entry.channel);
}

/// Returns true for an event of a channel. A refusal over HTTP has no
/// connection, either, but belongs to a client.
bool is_of_channel(const journal_note& what) {
  return what.connection == 0 && what.what >= journal_kind::gap;
}

} // namespace

std::string_view to_string(journal_kind what) noexcept {
  return names[static_cast<std::size_t>(what)];
}

journal_entry& journal_ring::ring::next() {
  if (entries.size() < capacity)
    entries.emplace_back();
  return entries[added++ % capacity];
}

const journal_entry*
journal_ring::ring::newest(std::size_t skipped) const noexcept {
  return skipped < entries.size() ? &entries[(added - 1 - skipped) % capacity]
                                  : nullptr;
}

void journal_ring::add(const journal_note& what, moment at) {
  auto& entry = (is_of_channel(what) ? channels_ : clients_).next();
  entry.number = ++last_;
  entry.at = at;
  entry.what = what.what;
  entry.connection = what.connection;
  // Assign members: the strings keep their storage.
  entry.user = what.user;
  entry.channel = what.channel;
  entry.remote_address = what.remote_address;
  entry.code = what.code;
  entry.reason = what.reason;
  entry.publications = what.publications;
}

journal_page journal_ring::list(const journal_query& query) const {
  journal_page result;
  result.last = last_;
  std::size_t clients = 0;
  std::size_t channels = 0;
  while (result.entries.size() < query.limit) {
    const auto* entry = clients_.newest(clients);
    const auto* other = channels_.newest(channels);
    const auto is_channels = other && (!entry || entry->number < other->number);
    if (is_channels)
      entry = other;
    if (!entry || entry->number <= query.after)
      break;
    ++(is_channels ? channels : clients);
    if (is_asked_for(*entry, query))
      result.entries.push_back(*entry);
  }
  std::ranges::reverse(result.entries);
  return result;
}

} // namespace rookery
