#pragma once

#include "actors/resident.hpp"
#include "actors/snapshot.hpp"

#include <boost/intrusive/set.hpp>

#include <cstdint>

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

  /// Null when it is not here.
  const resident* find(std::uint64_t id) const;
  resident* find(std::uint64_t id);

  /// Calls `look(actor)` for those behind the id `after`, in their order, until
  /// it returns false. Returns the id of the last one it was called for, 0 at
  /// the end.
  template <class Look>
  std::uint64_t visit(std::uint64_t after, Look look) const {
    for (auto i = actors_.upper_bound(after); i != actors_.end(); ++i)
      if (!look(*i))
        return i->resident_id();
    return 0;
  }

  /// The same, where `look` may end the actor it is called for.
  template <class Look>
  std::uint64_t visit(std::uint64_t after, Look look) {
    for (auto i = actors_.upper_bound(after); i != actors_.end();
         i = actors_.upper_bound(after)) {
      after = i->resident_id();
      if (!look(*i))
        return after;
    }
    return 0;
  }

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
