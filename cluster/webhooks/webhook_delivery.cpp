#include "cluster/webhooks/webhook_delivery.hpp"

#include "cluster/webhooks/webhook_text.hpp"
#include "configs/log.hpp"

#include <utility>

namespace rookery {

webhook_delivery::webhook_delivery(webhook_store& store, webhook_sender& sender,
                                   clock now, std::function<double()> random)
  : store_{store},
    sender_{sender},
    now_{std::move(now)},
    backoff_{std::move(random), pauses} {}

void webhook_delivery::wake() {
  is_drained_ = false;
  if (step_ != step::none)
    is_woken_ = true; // the step under way may have missed them
  else if (is_ours_ && failures_ == 0 && !is_delivered_)
    fetch();
}

void webhook_delivery::tick() {
  if (step_ != step::none || now_() < next_)
    return;
  if (is_delivered_)
    settle();
  else
    fetch();
}

void webhook_delivery::finish(std::function<void()> then) {
  finish_ = std::move(then);
  next_ = now_();
  tick();
}

/// Ends the delivery if `finish` was called, and leaves the remaining events to
/// other nodes. Returns true if it did.
bool webhook_delivery::ends() {
  if (!finish_)
    return false;
  step_ = step::over;
  store_.release(std::exchange(finish_, nullptr));
  return true;
}

void webhook_delivery::fetch() {
  step_ = step::fetching;
  is_woken_ = false;
  store_.fetch(later(&webhook_delivery::fetched));
}

void webhook_delivery::fetched(webhook_store::fetched result) {
  using turn = webhook_store::turn;
  step_ = step::none;
  is_ours_ = result.whose == turn::ours;
  if (is_ours_ && !result.batch.empty()) {
    batch_ = std::move(result.batch);
    return send();
  }
  is_drained_ = result.whose != turn::unknown && !is_woken_;
  if (is_ours_ && is_woken_)
    return fetch();
  if (!ends())
    pause(is_ours_ ? own_interval : other_interval);
}

void webhook_delivery::send() {
  step_ = step::sending;
  is_drained_ = false;
  sender_.send(body_of(batch_), later(&webhook_delivery::sent));
}

void webhook_delivery::sent(std::string_view problem) {
  step_ = step::none;
  if (!problem.empty()) {
    ++failed_;
    if (failures_++ == 0)
      log::warn("events not delivered", "reason", problem);
    batch_ = {};
    if (ends())
      return;
    pause(backoff_.next());
    return store_.release([] {});
  }
  if (std::exchange(failures_, 0) > 0)
    log::info("events are delivered again");
  backoff_.reset();
  delivered_ += batch_.events.size();
  reported_lost_ += batch_.lost;
  is_delivered_ = true;
  settle();
}

void webhook_delivery::settle() {
  step_ = step::settling;
  store_.settle(batch_, later(&webhook_delivery::settled));
}

void webhook_delivery::settled(webhook_store::turn whose) {
  step_ = step::none;
  if (whose == webhook_store::turn::unknown) {
    if (!ends())
      pause(own_interval);
    return;
  }
  is_delivered_ = false;
  batch_ = {};
  is_ours_ = whose == webhook_store::turn::ours;
  if (is_ours_)
    return fetch();
  if (!ends())
    pause(other_interval);
}

void webhook_delivery::pause(std::chrono::milliseconds time) {
  next_ = now_() + time;
}

void webhook_delivery::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("events_delivered", number(delivered_));
  out.add("event_failures", number(failed_));
  out.add("events_told_lost", number(reported_lost_));
  out.add_flag("delivers_events", is_ours_);
}

} // namespace rookery
