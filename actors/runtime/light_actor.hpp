#pragma once

#include "actors/runtime/home_storage.hpp"
#include "actors/runtime/loop.hpp"
#include "actors/runtime/loop_actor_base.hpp"

#include <caf/actor_config.hpp>
#include <caf/actor_system.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/monitorable_actor.hpp>
#include <caf/sec.hpp>

#include <cassert>
#include <chrono>

namespace rookery {

/// A CAF actor without a mailbox of its own: it lives on a loop, whose inbox is
/// its mailbox. It has an id and an address; every actor can send to it,
/// request from it, monitor it, link to it and send it an exit message. It is
/// no `caf::local_actor`: never build a `caf::response_promise` or use
/// `caf::aout` on it.
///
/// Messages are handled on the loop's thread, in the order in which they were
/// queued, and the object is destroyed there. A class lists its handlers in a
/// static table, see light_handlers.hpp.
class light_actor : public caf::monitorable_actor, public loop_actor_base {
public:
  using caf::abstract_actor::enqueue;

  /// Any thread.
  void enqueue(caf::mailbox_element_ptr what, caf::execution_unit*) override {
    loop::push(*this, std::move(what));
  }

  bool try_invoke(caf::mailbox_element& element) override;

  /// Records that a call into this actor, or one of its handlers, has thrown,
  /// and recovers.
  void fail(std::string_view during, std::string_view what) noexcept;

  /// Ends this actor: calls `on_exit` now, or after the running handler.
  void quit(caf::error reason = caf::exit_reason::normal);

  bool alive() const noexcept {
    return !getf(is_shutting_down_flag | is_terminated_flag);
  }

  const char* name() const override { return "light_actor"; }

  std::uint64_t measure(listing_order order) const override {
    return order == listing_order::mailbox ? queued_
                                           : loop_actor_base::measure(order);
  }

  caf::strong_actor_ptr self_ptr() const {
    return caf::strong_actor_ptr{ctrl()};
  }

  /// For the loop: returns the actor that `pointer` refers to, which must be a
  /// light one.
  static light_actor& from(const caf::strong_actor_ptr& pointer) noexcept {
    return *static_cast<light_actor*>(pointer->get());
  }

  /// For the loop: a letter was queued, is to be handled, or is dropped.
  void letter_queued() noexcept { ++queued_; }

  void open_letter(caf::mailbox_element& element);
  void abandon(caf::mailbox_element& element);

protected:
  /// `config.host` is the loop this actor will live on.
  explicit light_actor(caf::actor_config& config);

  /// The result of looking a message up in a handler table.
  enum class outcome : std::uint8_t { unmatched, handled };

  /// Handles `element` and sets `reply` if the handler returned something; one
  /// line: `return handlers::invoke(*this, element.content(), reply);`
  virtual outcome receive(caf::mailbox_element& element,
                          caf::message& reply) = 0;

  /// Called after an exception, which may have left a handler half done. The
  /// actor continues unless this ends it.
  virtual void recover() { quit(caf::sec::runtime_error); }

  /// Called last. Release sockets and other actors here, not in the destructor,
  /// which may run after the loop's end.
  virtual void on_exit() {}

  void describe(snapshot& out) const override { out.queue_depth = queued_; }

  /// Sends `what` to this actor after `delay`.
  template <class T>
  void tell_later(std::chrono::milliseconds delay, const T& what) {
    enqueue_later(delay, caf::make_mailbox_element(
                           nullptr, caf::make_message_id(), {}, what));
  }

  /// Returns the sender of the message being handled; null if there is none.
  const caf::strong_actor_ptr& current_sender() const noexcept {
    return current_->sender;
  }

  void on_destroy() override;

private:
  void dispatch(caf::mailbox_element& element);
  caf::message handle(caf::mailbox_element& element);
  bool obeyed_exit(caf::mailbox_element& element);
  void answer(caf::mailbox_element& element, caf::message reply);
  void enqueue_later(std::chrono::milliseconds delay,
                     caf::mailbox_element_ptr what);
  void finalize();

  caf::mailbox_element* current_ = nullptr;
  std::uint32_t queued_ = 0; // letters for us in the loop's queue
  bool busy_ = false;
};

/// A strong reference to a light actor by its class. Loop thread only.
template <class T>
class light_ptr {
public:
  explicit light_ptr(caf::strong_actor_ptr pointer)
    : pointer_{std::move(pointer)} {}

  T* get() const noexcept { return static_cast<T*>(pointer_->get()); }

  T& operator*() const noexcept { return *get(); }

  T* operator->() const noexcept { return get(); }

  const caf::strong_actor_ptr& pointer() const noexcept { return pointer_; }

private:
  caf::strong_actor_ptr pointer_;
};

/// Starts a light actor on `home`, on its thread, or before it runs.
template <class T, class... Ts>
light_ptr<T> spawn_light(loop& home, Ts&&... xs) {
  caf::actor_config config{&home};
  return light_ptr<T>{
    make_at_home<T>(home.system(), &home, config, std::forward<Ts>(xs)...)};
}

} // namespace rookery
