#pragma once

#include "actors/record/loop_meters.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery {

class loop_actor_base;
class loop_actor_index;

/// Adds up the counts and bytes of a loop's actors, a slice at a time, so that
/// a loop with a hundred thousand actors is never blocked for long. Actors may
/// come and go between slices. Loop thread only.
class meters_scan {
public:
  /// The number of actors in one slice.
  static constexpr std::size_t slice = 2'048;

  /// Does the next slice. Returns false when it was the last.
  bool advance(const loop_actor_index& actors);

  /// Adds the sums to `out`.
  void add_to(loop_meters& out) const;

private:
  void add(const loop_actor_base& actor);

  /// The sums by kind of actor: few, and their names are literals.
  std::vector<std::pair<std::string_view, loop_meters::kind_meters>> kinds_;
  std::uint64_t queued_bytes_ = 0;
  std::uint64_t after_ = 0;
};

} // namespace rookery
