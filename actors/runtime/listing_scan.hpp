#pragma once

#include "actors/record/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rookery {

class loop_actor_base;
class loop_actor_index;

/// Searches the actors of a loop for one listing, a slice at a time, so that a
/// loop with a hundred thousand actors is never blocked for long. Actors may
/// come and go between slices. Loop thread only.
class listing_scan {
public:
  explicit listing_scan(listing_query query) : query_{std::move(query)} {}

  /// Does the next slice. Returns false when the page is complete.
  bool advance(const loop_actor_index& actors);

  /// Returns the page, once it is complete.
  listing take() { return std::move(page_); }

private:
  /// The cost of a slice; looking at an actor costs 1.
  static constexpr std::size_t slice = 2'048;

  /// The cost of a snapshot.
  static constexpr std::size_t snapshot_cost = 8;

  struct candidate {
    std::uint64_t measure;
    std::string name;
    std::uint64_t id;
  };

  bool is_paged() const noexcept { return query_.order == listing_order::id; }

  bool is_by_name() const noexcept {
    return query_.order == listing_order::name;
  }

  bool list_by_id(const loop_actor_index& actors);
  void consider(const loop_actor_base& actor);
  bool is_before(const candidate& x, const candidate& y) const;
  void cut();
  void end_search();
  bool show_found(const loop_actor_index& actors);

  listing_query query_;
  listing page_;
  std::vector<candidate> found_; // at most twice as many as are wanted
  std::size_t shown_ = 0;        // of those
  bool has_more_ = false;        // some were left out
  bool is_searched_ = false;
};

} // namespace rookery
