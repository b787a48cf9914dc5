#pragma once

#include "actors/record/loop_record.hpp"
#include "actors/runtime/loop_actor_index.hpp"
#include "actors/runtime/loop_intake.hpp"
#include "actors/runtime/waker.hpp"

#include <caf/execution_unit.hpp>
#include <caf/mailbox_element.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <vector>

namespace rookery {

class light_actor;

/// The execution unit of one loop: the place where its light and pinned actors
/// run, always on the thread that owns the loop's sockets. The loop's inbox is
/// the mailbox of all its light actors.
class loop final : public caf::execution_unit, public turn_runner {
public:
  /// `waker` gives this loop its turns and must outlive it.
  loop(caf::actor_system& system, waker& waker, unsigned index);

  ~loop() override;

  /// Returns the loop of this thread; null on every other thread.
  static loop* current() noexcept;

  /// Returns true on the thread of the loop with that intake.
  static bool is_current(const loop_intake& intake) noexcept;

  unsigned index() const noexcept { return index_; }

  bool owns_thread() const noexcept { return current() == this; }

  /// Returns true where the loop's actors may be touched: on its thread, and
  /// anywhere while that does not run.
  bool is_home() const noexcept { return owns_thread() || !is_running_; }

  const loop_intake_ptr& intake() const noexcept { return intake_; }

  /// Called by CAF for every actor that one of ours woke up: runs pinned actors
  /// here and passes all others to CAF's scheduler.
  void exec_later(caf::resumable* job) override;

  /// Queues `what` for `to` on its loop. Any thread. Once the loop has stopped,
  /// requests are answered with an error and all other messages are dropped.
  static void push(light_actor& to, caf::mailbox_element_ptr what);

  /// Runs the messages that were queued when the turn began; later ones wait
  /// for the next turn, so that sockets are served in between, and so does the
  /// rest of a turn that takes long.
  void run_turn() override;

  /// Notes that the message being handled costs as much as `count` small ones.
  void add_work(std::size_t count) noexcept { work_ += count; }

  void enter_thread() override;
  void leave_thread() override;

  /// Ends all remaining actors, answers queued requests and destroys the actors
  /// without references. Call after the loop's thread was joined.
  void stop();

  loop_actor_index& loop_actors() noexcept { return residents_; }

  /// The loop's journal, ledgers and counters.
  loop_record& record() noexcept { return record_; }

  /// Returns how often another thread had to wake this loop.
  std::uint64_t wakes() const { return intake_->wakes(); }

private:
  using letter = loop_letter;

  void push_local(letter item);
  void request_turn();
  void collect();
  void open(letter& item);
  bool is_turn_long();
  static void discard(letter& item);
  void destroy_dead();

  waker& waker_;
  const loop_intake_ptr intake_;
  const unsigned index_;
  loop_actor_index residents_;
  loop_record record_;
  std::vector<letter> queue_;             // owner thread
  std::vector<letter> batch_;             // owner thread
  std::vector<caf::weak_actor_ptr> dead_; // owner thread
  std::size_t next_ = 0;                  // of the batch
  std::size_t work_ = 0;                  // since the last look at the clock
  std::chrono::steady_clock::time_point began_; // zero: no look in this turn
  bool turn_requested_ = false;
  std::atomic<bool> is_running_ = false;
};

} // namespace rookery
