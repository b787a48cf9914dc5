#pragma once

#include "actors/record/snapshot.hpp"
#include "actors/runtime/loop_actor_base.hpp"

#include <boost/intrusive/set.hpp>

#include <cstdint>

namespace rookery {

/// The actors of one loop in the order of their ids. Loop thread only, or any
/// thread while the loop's thread does not run.
class loop_actor_index {
public:
  void insert(loop_actor_base& actor) { actors_.insert(actors_.end(), actor); }

  void erase(loop_actor_base& actor) noexcept {
    actors_.erase(actors_.iterator_to(actor));
  }

  std::size_t size() const noexcept { return actors_.size(); }

  /// Returns null if the loop has no such actor.
  const loop_actor_base* find(std::uint64_t id) const;
  loop_actor_base* find(std::uint64_t id);

  /// Calls `look(actor)` for the actors with ids greater than `after`, in their
  /// order, until it returns false. Returns the id of the last actor it was
  /// called for, 0 at the end.
  template <class Look>
  std::uint64_t visit(std::uint64_t after, Look look) const {
    for (auto i = actors_.upper_bound(after); i != actors_.end(); ++i)
      if (!look(*i))
        return i->actor_id();
    return 0;
  }

  /// Does the same, but `look` may end the actor it is called for.
  template <class Look>
  std::uint64_t visit(std::uint64_t after, Look look) {
    for (auto i = actors_.upper_bound(after); i != actors_.end();
         i = actors_.upper_bound(after)) {
      after = i->actor_id();
      if (!look(*i))
        return after;
    }
    return 0;
  }

private:
  struct key_of {
    using type = std::uint64_t;

    type operator()(const loop_actor_base& actor) const noexcept {
      return actor.actor_id();
    }
  };

  boost::intrusive::set<loop_actor_base, boost::intrusive::key_of_value<key_of>>
    actors_;
};

} // namespace rookery
