#pragma once

#include "actors/resident.hpp"
#include "actors/snapshot.hpp"

#include <boost/intrusive/set.hpp>

#include <cstdint>
#include <optional>

namespace rookery {

/// The actors of one loop in the order of their ids. Loop thread only, or any
/// thread while the loop's thread does not run.
class resident_index {
public:
  void insert(resident& actor) { actors_.insert(actors_.end(), actor); }

  void erase(resident& actor) noexcept {
    actors_.erase(actors_.iterator_to(actor));
  }

  std::size_t size() const noexcept { return actors_.size(); }

  /// Returns the snapshot of the actor `id`, nothing when it is not here.
  std::optional<snapshot> inspect(std::uint64_t id) const;

  /// Returns one page. Looks at no more than `scan_limit` actors, so a page may
  /// be short, even empty, while `listing::next` says that there are more.
  listing list(const listing_query& query) const;

  /// Actors one call may look at: a page never holds up the loop for longer.
  static constexpr std::size_t scan_limit = 4096;

private:
  struct key_of {
    using type = std::uint64_t;

    type operator()(const resident& actor) const noexcept {
      return actor.resident_id();
    }
  };

  boost::intrusive::set<resident, boost::intrusive::key_of_value<key_of>>
    actors_;
};

} // namespace rookery
