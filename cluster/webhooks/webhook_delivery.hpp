#pragma once

#include "actors/record/snapshot.hpp"
#include "cluster/shared/backoff.hpp"
#include "cluster/webhooks/webhook_sender.hpp"
#include "cluster/webhooks/webhook_store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace rookery {

/// Takes events from their store to the backend, batch by batch, in their
/// order, each until the backend has acknowledged it. One step is under way at
/// a time. For one thread; a step that is under way when this ends is dropped.
class webhook_delivery {
public:
  using time_point = std::chrono::steady_clock::time_point;
  using clock = std::function<time_point()>;

  /// Poll interval while this node delivers, and while another does.
  static constexpr std::chrono::milliseconds own_interval{250};
  static constexpr std::chrono::milliseconds other_interval{1'000};

  /// Between attempts to deliver.
  static constexpr backoff::range pauses{std::chrono::milliseconds{100},
                                         std::chrono::milliseconds{5'000}};

  /// `random` as in `backoff`. `store` and `sender` must outlive this.
  webhook_delivery(webhook_store& store, webhook_sender& sender, clock now,
                   std::function<double()> random);

  webhook_delivery(const webhook_delivery&) = delete;
  webhook_delivery& operator=(const webhook_delivery&) = delete;

  /// There are new events: fetches them at once where it is time to.
  void wake();

  /// Call often: looks whether it is time to go on.
  void tick();

  /// Delivers what it can at once, then leaves it to another node for good and
  /// calls `then`, unless this is gone before.
  void finish(std::function<void()> then);

  /// Returns true if no step is under way and no event is known to wait.
  bool is_idle() const noexcept {
    return step_ == step::none && is_drained_ && failures_ == 0;
  }

  /// Adds the counters to a bus's snapshot.
  void describe(snapshot& out) const;

private:
  enum class step : std::uint8_t { none, fetching, sending, settling, over };

  void fetch();
  void fetched(webhook_store::fetched result);
  void send();
  void sent(std::string_view problem);
  void settle();
  void settled(webhook_store::turn whose);
  void pause(std::chrono::milliseconds time);
  bool ends();

  /// Calls a member function unless this is gone by then.
  template <class... Ts>
  auto later(void (webhook_delivery::*then)(Ts...)) {
    return [this, then, alive = std::weak_ptr{alive_}](Ts... xs) {
      if (!alive.expired())
        (this->*then)(std::forward<Ts>(xs)...);
    };
  }

  webhook_store& store_;
  webhook_sender& sender_;
  const clock now_;
  backoff backoff_;
  const std::shared_ptr<char> alive_ = std::make_shared<char>();
  step step_ = step::none;
  webhook_batch batch_;
  std::function<void()> finish_;
  time_point next_{};
  /// The backend has the batch, but the store does not know it yet.
  bool is_delivered_ = false;
  bool is_ours_ = true;
  bool is_drained_ = true;
  bool is_woken_ = false;
  std::uint64_t failures_ = 0; // in a row
  std::uint64_t delivered_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t told_lost_ = 0;
};

} // namespace rookery
