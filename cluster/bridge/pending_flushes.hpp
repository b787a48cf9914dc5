#pragma once

#include "actors/interfaces.hpp"

#include <caf/actor_clock.hpp>
#include <caf/error.hpp>
#include <caf/typed_response_promise.hpp>

#include <cstdint>
#include <vector>

namespace rookery {

/// The flush requests that a bridge has not answered yet. Each has its own
/// mark, published after everything else: when Redis has accepted the mark and
/// it has come back, all earlier publications have come back, too.
class pending_flushes {
public:
  using promise = caf::typed_response_promise<ok_atom>;
  using time_point = caf::actor_clock::time_point;

  void add(std::uint64_t mark, promise answer, time_point deadline);

  /// Notes that Redis has accepted the mark.
  void answered(std::uint64_t mark);

  /// Notes that the mark has come back.
  void returned(std::uint64_t mark);

  /// Answers requests that have waited too long with an error. Returns true if
  /// there was one.
  bool expire(time_point now);

  /// Answers all requests with an error.
  void fail_all();

  bool empty() const noexcept { return items_.empty(); }

private:
  struct item {
    std::uint64_t mark;
    promise answer;
    time_point deadline;
    bool is_answered = false;
    bool is_back = false;
  };

  void note(std::uint64_t mark, bool item::*what);

  std::vector<item> items_;
};

} // namespace rookery
