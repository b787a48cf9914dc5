#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/text/string_map.hpp"

#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace rookery {

/// The results of the publishes that had an idempotency key. A result is not
/// used after its ttl. Its memory is freed in order of age: after it and all
/// older results have expired, or when there are too many.
class publish_results {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// `capacity` is the maximum number of results; more drop the oldest.
  explicit publish_results(std::size_t capacity) : capacity_{capacity} {}

  /// Returns the result stored under that key; null if there is none. Valid
  /// until the next change.
  const stream_position* find(std::string_view channel,
                              const idempotency_key& key, time_point now) const;

  /// Stores the result of a publish for which `find` returned null.
  void keep(std::string_view channel, const idempotency_key& key,
            const stream_position& position, time_point now);

  /// Drops the oldest result if it has expired; returns true if it did.
  bool expire_one(time_point now);

  std::size_t size() const noexcept { return results_.size(); }

private:
  using hook = boost::intrusive::list_base_hook<
    boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

  struct result : hook {
    std::string_view key; // the key in the map
    stream_position position;
    time_point deadline;
  };

  void drop(const result& which);

  std::size_t capacity_;
  boost::intrusive::list<result, boost::intrusive::constant_time_size<false>>
    by_age_; // oldest first
  string_map<result> results_;
};

} // namespace rookery
