#pragma once

#include "actors/record/snapshot.hpp"
#include "actors/text/string_map.hpp"
#include "cluster/bridge/redis_requests.hpp"
#include "cluster/bus/fan_out.hpp"

#include <caf/actor_clock.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace rookery {

/// The channels with subscribers on this node and a history to which nobody has
/// published. Redis keeps the position of such a one for minutes only
/// (`empty_position_ttl`), so it is renewed until the last subscriber has gone
/// or something is published.
class empty_histories {
public:
  using time_point = caf::actor_clock::time_point;

  /// The time after which a position is renewed: it may fail once.
  static constexpr std::chrono::seconds interval{100};

  /// The positions renewed at a time, so that Redis does other work in between.
  static constexpr std::size_t at_a_time = 256;

  /// Both must outlive this.
  empty_histories(redis_requests& requests, const fan_out& fan)
    : requests_{requests}, fan_{fan} {}

  empty_histories(const empty_histories&) = delete;
  empty_histories& operator=(const empty_histories&) = delete;

  /// Notes that the channel's position was read and is at offset 0.
  void note(std::string_view channel, time_point now);

  /// Renews positions that are due. Returns true if there are more of them:
  /// call it again soon.
  bool renew(time_point now);

  void describe(snapshot& out) const;

private:
  struct entry {
    time_point due;
    std::string channel;
  };

  void renew(const std::string& channel, time_point now);

  redis_requests& requests_;
  const fan_out& fan_;
  std::deque<entry> entries_; // in the order in which they are due
  std::unordered_set<std::string, string_hash, std::equal_to<>> known_;
};

} // namespace rookery
