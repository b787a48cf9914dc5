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

/// The delivery of events from their store to the backend, batch by batch and
/// in order. Each batch is repeated until the backend has acknowledged it. At
/// most one step is under way. For one thread; a step under way is dropped when
/// this is destroyed.
class webhook_delivery {
public:
  using time_point = std::chrono::steady_clock::time_point;
  using clock = std::function<time_point()>;

  /// Poll interval while this node delivers, and while another does.
  static constexpr std::chrono::milliseconds own_interval{250};
  static constexpr std::chrono::milliseconds other_interval{1'000};

  /// Pauses between failed attempts to deliver.
  static constexpr backoff::range pauses{std::chrono::milliseconds{100},
                                         std::chrono::milliseconds{5'000}};

  /// `random` as in `backoff`. `store` and `sender` must outlive this.
  webhook_delivery(webhook_store& store, webhook_sender& sender, clock now,
                   std::function<double()> random);

  webhook_delivery(const webhook_delivery&) = delete;
  webhook_delivery& operator=(const webhook_delivery&) = delete;

  /// Notes that there are new events. Fetches them at once if this node
  /// delivers and neither a step nor a retry is pending.
  void wake();

  /// Does the next step if it is due. Call it often.
  void tick();

  /// Delivers what is possible without waiting, then leaves the delivery to
  /// another node for good and calls `then`. `then` is not called if this is
  /// destroyed before.
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

  /// Returns a handler that calls a member function, unless this was destroyed.
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
  /// The backend has the batch, but the store has not confirmed that yet.
  bool is_delivered_ = false;
  bool is_ours_ = true;
  bool is_drained_ = true;
  bool is_woken_ = false;
  std::uint64_t failures_ = 0; // in a row
  std::uint64_t delivered_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t reported_lost_ = 0;
};

} // namespace rookery
