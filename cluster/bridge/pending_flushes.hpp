#pragma once

#include "actors/interfaces.hpp"

#include <caf/actor_clock.hpp>
#include <caf/error.hpp>
#include <caf/typed_response_promise.hpp>

#include <cstdint>
#include <vector>

namespace rookery {

/// The flush requests a bridge has not answered yet. Each has a mark of its own
/// that was published behind everything else: once Redis has answered it and it
/// has come back, so has everything before.
class pending_flushes {
public:
  using promise = caf::typed_response_promise<ok_atom>;
  using time_point = caf::actor_clock::time_point;

  void add(std::uint64_t mark, promise answer, time_point deadline);

  /// Redis has accepted the mark.
  void answered(std::uint64_t mark);

  /// The mark has come back.
  void returned(std::uint64_t mark);

  /// Answers what waits too long with an error.
  void expire(time_point now);

  /// Answers all with an error.
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
