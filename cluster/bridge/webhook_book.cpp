#include "cluster/bridge/webhook_book.hpp"

#include "cluster/webhooks/webhook_text.hpp"

#include <utility>

namespace rookery {

webhook_book::webhook_book(redis_requests& requests, lease_kind kind,
                           std::string node, std::string name,
                           std::function<void()> made, std::size_t max_gone)
  : name_{std::move(name)}, entries_{requests,
                                     std::move(kind),
                                     std::move(node),
                                     std::move(made),
                                     {},
                                     max_gone} {}

void webhook_book::occupy(std::string_view channel) {
  entries_.add(channel_entry(channel), channel_text(channel));
}

void webhook_book::vacate(std::string_view channel) {
  entries_.end(channel_entry(channel), channel_text(channel));
}

void webhook_book::enter(const client_entered& what) {
  entries_.add(client_entry(what.client), client_text(name_, what));
}

void webhook_book::leave(const client_left& what) {
  entries_.end(client_entry(what.client), client_text(name_, what));
}

void webhook_book::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("event_entries", number(entries_.size()));
  out.add("event_gone", number(entries_.gone()));
  out.add("events_swept", number(entries_.swept()));
  out.add("events_lost", number(entries_.lost()));
  out.add_flag("event_leased", entries_.is_leased());
}

} // namespace rookery
