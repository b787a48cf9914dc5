#pragma once

#include "actors/runtime/waker.hpp"

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <caf/actor_control_block.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/resumable.hpp>

#include <cstdint>
#include <mutex>
#include <vector>

namespace rookery {

/// A message for a light actor of a loop, or a pinned actor to resume.
struct loop_letter {
  caf::strong_actor_ptr to;
  caf::mailbox_element_ptr what;
  caf::resumable* job = nullptr; // carries one reference; then `to` is null
};

/// The things that other threads leave for a loop: letters, and actors whose
/// last reference they have dropped, which the loop destroys. Every actor of
/// the loop shares it, so that a reference may outlive the loop. Any thread.
class loop_intake final
  : public boost::intrusive_ref_counter<loop_intake,
                                        boost::thread_safe_counter> {
public:
  /// `loop_waker` must live until `close`.
  explicit loop_intake(waker& loop_waker) : waker_{loop_waker} {}

  /// Leaves a letter. Returns false, with `item` unchanged, once closed.
  [[nodiscard]] bool push(loop_letter& item);

  /// Leaves the object of an actor without references. Returns false once
  /// closed: then the caller destroys it.
  [[nodiscard]] bool push_dead(caf::actor_control_block& dead);

  /// Appends everything that was left. For the loop.
  void collect(std::vector<loop_letter>& letters,
               std::vector<caf::weak_actor_ptr>& dead);

  /// Takes nothing more and wakes nobody any more.
  void close();

  /// Returns how often another thread had to wake the loop.
  std::uint64_t wakes() const;

private:
  void wake_first();

  waker& waker_;
  mutable std::mutex mutex_;
  std::vector<loop_letter> letters_;
  std::vector<caf::weak_actor_ptr> dead_;
  bool is_closed_ = false;
  std::uint64_t wakes_ = 0;
};

using loop_intake_ptr = boost::intrusive_ptr<loop_intake>;

} // namespace rookery
