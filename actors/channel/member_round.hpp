#pragma once

#include "actors/message/subscription.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>

namespace rookery {

/// A visit to each of a channel's members, in slices: a round over many of them
/// takes several turns of the loop. Loop thread only.
class member_round {
public:
  /// The members of one slice. A publication takes about a millisecond for so
  /// many.
  static constexpr std::size_t slice = 2048;

  /// True while members are left to visit.
  bool is_open() const noexcept { return open_ != nullptr; }

  /// Begins a round: calls `visit(place)` for the first slice of `places`, and
  /// after the last one `visit.end()` if there is such a function. `places`
  /// must stay as they are until then. `visit(place)` must not throw. No round
  /// may be open.
  template <class Visit>
  void begin(std::span<const subscription_ptr> places, Visit visit) {
    if (places.size() <= slice) {
      run(places, visit);
      return end(visit);
    }
    open_ = std::make_unique<part<Visit>>(places, std::move(visit));
    proceed();
  }

  /// Visits the next slice of the open round.
  void proceed() {
    if (open_->run_slice())
      std::exchange(open_, nullptr)->end();
  }

  void drop() noexcept { open_.reset(); }

private:
  struct open_round {
    virtual ~open_round() = default;

    /// Returns true after the last slice.
    virtual bool run_slice() = 0;

    virtual void end() = 0;
  };

  template <class Visit>
  struct part final : open_round {
    part(std::span<const subscription_ptr> places, Visit&& visit)
      : rest{places}, visit{std::move(visit)} {}

    bool run_slice() override {
      const auto next = rest.first(std::min(slice, rest.size()));
      rest = rest.subspan(next.size());
      run(next, visit);
      return rest.empty();
    }

    void end() override { member_round::end(visit); }

    std::span<const subscription_ptr> rest;
    Visit visit;
  };

  template <class Visit>
  static void run(std::span<const subscription_ptr> places, Visit& visit) {
    for (const auto& each : places)
      visit(*each);
  }

  template <class Visit>
  static void end(Visit& visit) {
    if constexpr (requires { visit.end(); })
      visit.end();
  }

  std::unique_ptr<open_round> open_;
};

} // namespace rookery
