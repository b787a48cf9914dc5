#include "cluster/event_courier.hpp"

#include "cluster/event_text.hpp"
#include "configs/log.hpp"

#include <utility>

namespace rookery {

event_courier::event_courier(event_store& store, event_sender& sender,
                             clock now, std::function<double()> random)
  : store_{store},
    sender_{sender},
    now_{std::move(now)},
    backoff_{std::move(random), pauses} {}

void event_courier::wake() {
  is_drained_ = false;
  if (step_ != step::none)
    is_woken_ = true; // what is under way may not have seen them
  else if (is_ours_ && failures_ == 0 && !is_delivered_)
    fetch();
}

void event_courier::tick() {
  if (step_ != step::none || now_() < next_)
    return;
  if (is_delivered_)
    settle();
  else
    fetch();
}

void event_courier::finish(std::function<void()> then) {
  finish_ = std::move(then);
  next_ = now_();
  tick();
}

/// Whether it has to leave the rest to others.
bool event_courier::ends() {
  if (!finish_)
    return false;
  step_ = step::over;
  store_.release(std::exchange(finish_, nullptr));
  return true;
}

void event_courier::fetch() {
  step_ = step::fetching;
  is_woken_ = false;
  store_.fetch(later(&event_courier::fetched));
}

void event_courier::fetched(event_store::fetched result) {
  using turn = event_store::turn;
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

void event_courier::send() {
  step_ = step::sending;
  is_drained_ = false;
  sender_.send(body_of(batch_), later(&event_courier::sent));
}

void event_courier::sent(std::string_view problem) {
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
  told_lost_ += batch_.lost;
  is_delivered_ = true;
  settle();
}

void event_courier::settle() {
  step_ = step::settling;
  store_.settle(batch_, later(&event_courier::settled));
}

void event_courier::settled(event_store::turn whose) {
  step_ = step::none;
  if (whose == event_store::turn::unknown) {
    if (!ends())
      pause(own_interval);
    return;
  }
  is_delivered_ = false;
  batch_ = {};
  is_ours_ = whose == event_store::turn::ours;
  if (is_ours_)
    return fetch();
  if (!ends())
    pause(other_interval);
}

void event_courier::pause(std::chrono::milliseconds time) {
  next_ = now_() + time;
}

void event_courier::describe(snapshot& out) const {
  const auto number = [](auto value) {
    return static_cast<std::int64_t>(value);
  };
  out.add("events_delivered", number(delivered_));
  out.add("event_failures", number(failed_));
  out.add("events_told_lost", number(told_lost_));
  out.add_flag("delivers_events", is_ours_);
}

} // namespace rookery
