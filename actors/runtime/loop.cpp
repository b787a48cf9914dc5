#include "actors/runtime/loop.hpp"

#include "actors/runtime/light_actor.hpp"

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/resumable.hpp>
#include <caf/scheduled_actor.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include <iterator>

namespace rookery {

namespace {

/// The maximum number of messages that a pinned actor handles in one turn.
constexpr std::size_t throughput = 64;

thread_local loop* current_loop = nullptr;

} // namespace

loop::loop(caf::actor_system& system, waker& waker, unsigned index)
  : execution_unit{&system}, waker_{waker}, index_{index} {}

loop::~loop() {
  stop();
}

loop* loop::current() noexcept {
  return current_loop;
}

void loop::enter_thread() {
  current_loop = this;
}

void loop::leave_thread() {
  current_loop = nullptr;
}

void loop::exec_later(caf::resumable* job) {
  if (job->subtype() != caf::resumable::io_actor) {
    system().scheduler().enqueue(job);
    return;
  }
  letter item;
  item.job = job;
  push_letter(std::move(item));
}

void loop::push(light_actor& to, caf::mailbox_element_ptr what) {
  push_letter({caf::strong_actor_ptr{to.ctrl()}, std::move(what)});
}

void loop::push_letter(letter item) {
  if (owns_thread())
    push_local(std::move(item));
  else
    push_foreign(std::move(item));
}

void loop::push_local(letter item) {
  if (item.to)
    light_actor::from(item.to).letter_queued();
  queue_.push_back(std::move(item));
  if (!turn_requested_) {
    turn_requested_ = true;
    waker_.defer();
  }
}

void loop::push_foreign(letter item) {
  auto first = false;
  {
    std::unique_lock guard{mutex_};
    if (stopped_) {
      guard.unlock();
      return discard(item);
    }
    first = inbox_.empty();
    inbox_.push_back(std::move(item));
    if (first)
      ++wakes_;
  }
  if (first)
    waker_.wake();
}

void loop::run_turn() {
  turn_requested_ = false;
  batch_.swap(queue_);
  collect_foreign();
  for (auto& item : batch_)
    open(item);
  batch_.clear();
}

void loop::collect_foreign() {
  std::lock_guard guard{mutex_};
  for (auto& item : inbox_) {
    if (item.to)
      light_actor::from(item.to).letter_queued();
    batch_.push_back(std::move(item));
  }
  inbox_.clear();
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
  std::vector<letter> rest;
  {
    std::lock_guard guard{mutex_};
    stopped_ = true;
    rest.swap(inbox_);
  }
  std::move(queue_.begin(), queue_.end(), std::back_inserter(rest));
  queue_.clear();
  for (auto& item : rest)
    discard(item);
}

std::uint64_t loop::wakes() const {
  std::lock_guard guard{mutex_};
  return wakes_;
}

} // namespace rookery
