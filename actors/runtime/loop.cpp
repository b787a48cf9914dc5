#include "actors/runtime/loop.hpp"

#include "actors/runtime/light_actor.hpp"
#include "actors/runtime/turn_share.hpp"

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/resumable.hpp>
#include <caf/scheduled_actor.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include <iterator>
#include <utility>

namespace rookery {

namespace {

/// The maximum number of messages that a pinned actor handles in one turn.
constexpr std::size_t throughput = 64;

/// The small messages after which a turn looks at the clock.
constexpr std::size_t work_per_look = 64;

thread_local loop* current_loop = nullptr;

} // namespace

loop::loop(caf::actor_system& system, waker& waker, unsigned index)
  : execution_unit{&system},
    waker_{waker},
    intake_{new loop_intake{waker}},
    index_{index} {}

loop::~loop() {
  stop();
}

loop* loop::current() noexcept {
  return current_loop;
}

bool loop::is_current(const loop_intake& intake) noexcept {
  return current_loop && current_loop->intake_.get() == &intake;
}

void loop::enter_thread() {
  current_loop = this;
  is_running_ = true;
}

void loop::leave_thread() {
  is_running_ = false;
  current_loop = nullptr;
}

void loop::exec_later(caf::resumable* job) {
  if (job->subtype() != caf::resumable::io_actor) {
    system().scheduler().enqueue(job);
    return;
  }
  letter item;
  item.job = job;
  if (owns_thread())
    push_local(std::move(item));
  else if (!intake_->push(item))
    discard(item);
}

void loop::push(light_actor& to, caf::mailbox_element_ptr what) {
  letter item{caf::strong_actor_ptr{to.ctrl()}, std::move(what)};
  auto& intake = *home_header::of(to).intake;
  if (is_current(intake))
    current_loop->push_local(std::move(item));
  else if (!intake.push(item))
    discard(item);
}

void loop::push_local(letter item) {
  if (item.to)
    light_actor::from(item.to).letter_queued();
  queue_.push_back(std::move(item));
  request_turn();
}

void loop::request_turn() {
  if (!std::exchange(turn_requested_, true))
    waker_.defer();
}

void loop::run_turn() {
  turn_requested_ = false;
  began_ = {};
  collect();
  while (next_ < batch_.size()) {
    open(batch_[next_++]);
    if (++work_ >= work_per_look && is_turn_long())
      break;
  }
  if (next_ < batch_.size()) {
    request_turn();
  } else {
    batch_.clear();
    next_ = 0;
  }
  destroy_dead();
}

/// Adds what has come to the rest of the last turn.
void loop::collect() {
  batch_.erase(batch_.begin(),
               batch_.begin() + static_cast<std::ptrdiff_t>(next_));
  next_ = 0;
  if (batch_.empty())
    batch_.swap(queue_);
  else
    std::move(queue_.begin(), queue_.end(), std::back_inserter(batch_));
  queue_.clear();
  const auto own = batch_.size();
  intake_->collect(batch_, dead_);
  for (auto i = own; i < batch_.size(); ++i)
    if (batch_[i].to)
      light_actor::from(batch_[i].to).letter_queued();
}

bool loop::is_turn_long() {
  work_ = 0;
  const auto now = std::chrono::steady_clock::now();
  if (began_ == std::chrono::steady_clock::time_point{})
    began_ = now;
  return now - began_ > turn_share;
}

void loop::destroy_dead() {
  for (auto& each : dead_)
    each->data_dtor(each->get());
  dead_.clear();
}

void loop::open(letter& item) {
  if (item.to)
    light_actor::from(item.to).open_letter(*item.what);
  else if (item.job->resume(this, throughput) == caf::resumable::resume_later)
    push_local(std::move(item));
  else
    caf::intrusive_ptr_release(item.job);
}

void loop::discard(letter& item) {
  if (item.job) {
    auto* actor = static_cast<caf::scheduled_actor*>(item.job);
    actor->cleanup(caf::exit_reason::user_shutdown, nullptr);
    caf::intrusive_ptr_release(item.job);
  } else {
    light_actor::from(item.to).abandon(*item.what);
  }
}

void loop::stop() {
  intake_->close();
  std::vector<letter> rest;
  for (; next_ < batch_.size(); ++next_)
    rest.push_back(std::move(batch_[next_]));
  batch_.clear();
  std::move(queue_.begin(), queue_.end(), std::back_inserter(rest));
  queue_.clear();
  intake_->collect(rest, dead_);
  for (auto& item : rest)
    discard(item);
  rest.clear();
  destroy_dead();
}

} // namespace rookery
