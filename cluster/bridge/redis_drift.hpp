#pragma once

#include "actors/interfaces.hpp"
#include "cluster/bridge/redis_requests.hpp"
#include "cluster/redis/redis_ports.hpp"

#include <caf/typed_response_promise.hpp>

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace rookery {

/// A check that finds lost subscriptions: it compares the names that the
/// subscribe link regards as confirmed with those in Redis (PUBSUB NUMSUB). It
/// asks for a thousand names at a time, so that neither Redis nor the loop is
/// blocked. Use it on the thread of the bridge that owns it, in its handlers.
class redis_drift {
public:
  static constexpr std::size_t step = 1'000;

  /// Maximum checks under way or waiting; more are refused.
  static constexpr std::size_t most_checks = 16;

  using promise = caf::typed_response_promise<drift_report>;

  /// `renew` is called with the Redis channels that must be subscribed to
  /// again. The other arguments must outlive this.
  redis_drift(redis_requests& requests, const subscribe_port& link,
              const redis_keys& names,
              std::function<void(std::string_view)> renew)
    : requests_{requests},
      link_{link},
      names_{names},
      renew_{std::move(renew)} {}

  void check(const drift_query& what, promise answer);

  /// Drops all checks without an answer.
  void close() { checks_.clear(); }

private:
  struct pending_check {
    drift_query what;
    promise answer;
    drift_report report;
    std::size_t cursor = 0; // of `subscribe_port::confirmed_names`
    std::vector<std::string> names;
  };

  void begin_step();
  void end_step(const redis_reply* reply, publish_problem problem);
  void judge(const redis_reply& reply);
  void note_missing(const std::string& name);
  void finish();

  redis_requests& requests_;
  const subscribe_port& link_;
  const redis_keys& names_;
  std::function<void(std::string_view)> renew_;
  std::deque<pending_check> checks_; // the first one is under way
};

} // namespace rookery
