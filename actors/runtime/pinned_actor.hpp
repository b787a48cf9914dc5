#pragma once

#include "actors/runtime/guarded.hpp"
#include "actors/runtime/loop.hpp"
#include "actors/runtime/loop_actor_base.hpp"
#include "actors/runtime/message_name.hpp"

#include <caf/actor_config.hpp>
#include <caf/actor_system.hpp>
#include <caf/response_promise.hpp>
#include <caf/sec.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <atomic>
#include <cassert>
#include <cstdint>
#include <utility>

namespace rookery {

/// An ordinary event-based CAF actor with the typed interface `Handle` that
/// always runs on one loop, even if another thread wakes it. Derive from it,
/// and return the behaviour from `make_behavior`. After an exception the error
/// is recorded, a request is answered with an error, and the actor continues
/// with the next message. In tests it runs on any execution unit, e.g. one that
/// forwards to CAF's test coordinator; then `home` is null and nothing is
/// called inline.
template <class Handle>
class pinned_actor : public Handle::base, public loop_actor_base {
public:
  using base = typename Handle::base;
  using interface = Handle;

  void enqueue(caf::mailbox_element_ptr what, caf::execution_unit*) override {
    queued_.fetch_add(1, std::memory_order_relaxed);
    caf::scheduled_actor::enqueue(std::move(what), unit_);
  }

  void launch(caf::execution_unit*, bool lazy, bool hide) override {
    base::launch(unit_, lazy, hide);
  }

  caf::resumable::subtype_t subtype() const override {
    return caf::resumable::io_actor;
  }

  caf::resumable::resume_result resume(caf::execution_unit* unit,
                                       std::size_t throughput) override {
    busy_ = true;
    const auto result = base::resume(unit, throughput);
    busy_ = false;
    return result;
  }

  bool try_invoke(caf::mailbox_element& element) override {
    if (busy_ || !this->mailbox().blocked())
      return false;
    const caf::strong_actor_ptr keep{this->ctrl()};
    busy_ = true;
    queued_.fetch_add(1, std::memory_order_relaxed);
    this->activate(unit_, element);
    busy_ = false;
    return true;
  }

  std::uint64_t measure(listing_order order) const override {
    return order == listing_order::mailbox ? queued()
                                           : loop_actor_base::measure(order);
  }

protected:
  /// `config.host` is the execution unit this actor is pinned to.
  explicit pinned_actor(caf::actor_config& config)
    : base{config},
      loop_actor_base{dynamic_cast<loop*>(config.host), this->id()},
      unit_{config.host} {
    assert(unit_ != nullptr);
  }

  /// Runs `task` like a message handler, for calls from outside (a socket):
  /// messages to this actor wait in its mailbox meanwhile.
  template <class Task>
  void run_exclusively(Task task) {
    const auto was_busy = std::exchange(busy_, true);
    guarded(task, [this](std::string_view what) { note_error("call", what); });
    busy_ = was_busy;
  }

  caf::invoke_message_result consume(caf::mailbox_element& element) override {
    count_handled();
    queued_.fetch_sub(1, std::memory_order_relaxed);
    auto result = caf::invoke_message_result::consumed;
    const auto is_done =
      guarded([&] { result = base::consume(element); },
              [&](std::string_view what) {
                note_error(message_name(element.content()), what);
              });
    if (!is_done && element.mid.is_request())
      this->make_response_promise().deliver(
        caf::make_error(caf::sec::runtime_error));
    if (result == caf::invoke_message_result::skipped)
      queued_.fetch_add(1, std::memory_order_relaxed);
    return result;
  }

  /// Overrides call this last.
  void on_exit() override { leave_home(); }

  void describe(snapshot& out) const override { out.queue_depth = queued(); }

private:
  std::uint32_t queued() const noexcept {
    return queued_.load(std::memory_order_relaxed);
  }

  caf::execution_unit* unit_;
  // The number of letters in the mailbox. CAF counts them by fetching, and a
  // waiting mailbox would forget that it has to wake its actor.
  std::atomic<std::uint32_t> queued_{0};
  bool busy_ = false;
};

} // namespace rookery
