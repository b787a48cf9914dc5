#pragma once

#include "actors/text/string_map.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The names that a connection to Redis must subscribe to. For each name it
/// stores whether it is wanted, and the state of the one command that may be
/// under way for it. A name that Redis refuses fails alone: it stays wanted and
/// is tried again after a pause.
class redis_subscriptions {
public:
  using clock = std::chrono::steady_clock;

  enum class command : std::uint8_t { none, subscribe, unsubscribe };

  /// Time after which a refused name is tried again: if the user has no right
  /// to it, and for errors that pass.
  static constexpr std::chrono::seconds denied_pause{10};
  static constexpr std::chrono::seconds failed_pause{1};

  /// Maximum names that one `retry` makes due.
  static constexpr std::size_t max_retries = 10'000;

  void want(std::string_view name);
  void unwant(std::string_view name);

  /// Subscribes to a confirmed name again.
  void renew(std::string_view name);

  /// Starts over for a new connection: no name is subscribed, and all wanted
  /// names are due.
  void restart();

  /// Returns true if all names wanted at the last `restart` are confirmed,
  /// denied, or not wanted any more.
  bool restored() const noexcept { return restoring_ == 0; }

  /// Returns the next command that is due and fills `names` with at most
  /// `max_count` names for it, which are under way from now on and stay valid
  /// until their confirmation or refusal. Returns `none` if no command is due.
  command take(std::size_t max_count, std::vector<std::string_view>& names);

  /// Notes a confirmation of Redis. Returns false if no such command was under
  /// way for that name: the other side cannot be a Redis then.
  [[nodiscard]] bool subscribed(std::string_view name);
  [[nodiscard]] bool unsubscribed(std::string_view name);

  /// Notes that Redis has refused a command as a whole. If it is `denied`, i.e.
  /// the user has no right to one of the names, each of them is sent again in a
  /// command of its own; a single one is tried again after `denied_pause`.
  /// Otherwise all are tried again after `failed_pause`.
  void refuse(command what, const std::vector<std::string_view>& names,
              bool denied, clock::time_point now);

  /// Makes refused names due whose pause has ended.
  void retry(clock::time_point now);

  /// Number of wanted names that Redis refuses at present.
  std::size_t refused() const noexcept { return refused_; }

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
    unsubscribing,
    refused ///< wanted, waits for `retry`
  };

  struct state {
    phase now = phase::absent;
    bool wanted = false;
    bool queued = false;
    bool restoring = false;
    /// Redis denied a command with this name: send the name in one of its
    /// own.
    bool alone = false;
  };

  using table = string_map<state>;

  static command due(const state& what) noexcept;
  void queue_if_due(table::value_type& entry);
  void stop_restoring(state& what) noexcept;
  void erase_if_done(table::iterator entry);
  void leave_refused(state& what) noexcept;

  table names_;
  std::deque<table::value_type*> queue_; // entries are kept while `queued`
  std::size_t wanted_ = 0;
  std::size_t confirmed_ = 0;
  std::size_t restoring_ = 0;
  std::size_t refused_ = 0;
  std::multimap<clock::time_point, std::string> retries_;
};

} // namespace rookery
