#pragma once

#include "actors/text/string_map.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The names that a connection to Redis must subscribe to. For each name it
/// stores whether it is wanted, and the state of the one command that may be
/// under way for it.
class redis_subscriptions {
public:
  enum class command : std::uint8_t { none, subscribe, unsubscribe };

  void want(std::string_view name);
  void unwant(std::string_view name);

  /// Subscribes to a confirmed name again.
  void renew(std::string_view name);

  /// Starts over for a new connection: no name is subscribed, and all wanted
  /// names are due.
  void restart();

  /// Returns true if all names wanted at the last `restart` are confirmed, or
  /// not wanted any more.
  bool restored() const noexcept { return restoring_ == 0; }

  /// Returns the next command that is due and fills `names` with at most `most`
  /// names for it, which are under way from now on. Returns `none` if no
  /// command is due.
  command take(std::size_t max_count, std::vector<std::string_view>& names);

  /// Notes a confirmation of Redis. Returns false if no such command was under
  /// way for that name: the other side cannot be a Redis then.
  [[nodiscard]] bool subscribed(std::string_view name);
  [[nodiscard]] bool unsubscribed(std::string_view name);

  bool is_wanted(std::string_view name) const;

  bool is_confirmed(std::string_view name) const;

  /// See `subscribe_port::confirmed_names`.
  std::size_t list_confirmed(std::size_t from, std::size_t max_count,
                             std::vector<std::string>& names) const;

  std::size_t wanted() const noexcept { return wanted_; }

  std::size_t confirmed() const noexcept { return confirmed_; }

private:
  enum class phase : std::uint8_t {
    absent,
    subscribing,
    subscribed,
    unsubscribing
  };

  struct state {
    phase now = phase::absent;
    bool wanted = false;
    bool queued = false;
    bool restoring = false;
  };

  using table = string_map<state>;

  static command due(const state& what) noexcept;
  void queue_if_due(table::value_type& entry);
  void stop_restoring(state& what) noexcept;
  void erase_if_done(table::iterator entry);

  table names_;
  std::deque<table::value_type*> queue_; // entries are kept while `queued`
  std::size_t wanted_ = 0;
  std::size_t confirmed_ = 0;
  std::size_t restoring_ = 0;
};

} // namespace rookery
