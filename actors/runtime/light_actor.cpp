#include "actors/runtime/light_actor.hpp"

#include "actors/runtime/guarded.hpp"
#include "actors/runtime/message_name.hpp"

#include <caf/actor_registry.hpp>
#include <caf/error.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>
#include <caf/system_messages.hpp>

namespace rookery {

light_actor::light_actor(caf::actor_config& config)
  : monitorable_actor{config},
    loop_actor_base{static_cast<loop*>(config.host), id()} {
  register_at_system();
}

bool light_actor::try_invoke(caf::mailbox_element& element) {
  if (busy_ || queued_ > 0)
    return false;
  const auto keep = self_ptr();
  dispatch(element);
  return true;
}

void light_actor::open_letter(caf::mailbox_element& element) {
  --queued_;
  dispatch(element);
}

void light_actor::abandon(caf::mailbox_element& element) {
  answer(element,
         caf::make_message(caf::make_error(caf::sec::request_receiver_down)));
  if (!getf(is_cleaned_up_flag)) {
    fail_state_ = caf::exit_reason::user_shutdown;
    finalize();
  }
}

void light_actor::dispatch(caf::mailbox_element& element) {
  if (!alive()) {
    answer(element,
           caf::make_message(caf::make_error(caf::sec::request_receiver_down)));
    return;
  }
  busy_ = true;
  current_ = &element;
  count_handled();
  answer(element, handle(element));
  current_ = nullptr;
  busy_ = false;
  if (getf(is_shutting_down_flag))
    finalize();
}

caf::message light_actor::handle(caf::mailbox_element& element) {
  caf::message reply;
  const auto is_done = guarded(
    [&] {
      if (receive(element, reply) == outcome::unmatched
          && !obeyed_exit(element))
        reply =
          caf::make_message(caf::make_error(caf::sec::unexpected_message));
    },
    [&](std::string_view what) {
      fail(message_name(element.content()), what);
    });
  if (!is_done)
    reply = caf::make_message(caf::make_error(caf::sec::runtime_error));
  return reply;
}

void light_actor::fail(std::string_view during,
                       std::string_view what) noexcept {
  note_error(during, what);
  if (!alive())
    return;
  const auto recovers =
    guarded([this] { recover(); },
            [this](std::string_view error) { note_error("recover", error); });
  if (!recovers)
    quit(caf::sec::runtime_error);
}

bool light_actor::obeyed_exit(caf::mailbox_element& element) {
  auto& content = element.content();
  if (content.type_token() != caf::make_type_token<caf::exit_msg>())
    return false;
  auto message = content.move_if_unshared<caf::exit_msg>(0);
  unlink_from(message.source);
  if (message.reason)
    quit(std::move(message.reason));
  return true;
}

void light_actor::answer(caf::mailbox_element& element, caf::message reply) {
  if (!element.sender || !element.mid.is_request())
    return;
  if (element.stages.empty()) {
    element.sender->enqueue(self_ptr(), element.mid.response_id(),
                            std::move(reply), loop::current());
    return;
  }
  auto next = std::move(element.stages.back());
  element.stages.pop_back();
  next->enqueue(
    caf::make_mailbox_element(std::move(element.sender), element.mid,
                              std::move(element.stages), std::move(reply)),
    loop::current());
}

void light_actor::enqueue_later(std::chrono::milliseconds delay,
                                caf::mailbox_element_ptr what) {
  auto& clock = home()->system().clock();
  clock.schedule_message(clock.now() + delay, self_ptr(), std::move(what));
}

void light_actor::quit(caf::error reason) {
  if (!alive())
    return;
  setf(is_shutting_down_flag);
  fail_state_ = std::move(reason);
  if (!busy_)
    finalize();
}

void light_actor::finalize() {
  if (getf(is_cleaned_up_flag))
    return;
  setf(is_shutting_down_flag);
  busy_ = true; // on_exit is not re-entered
  guarded([this] { on_exit(); },
          [this](std::string_view what) { note_error("exit", what); });
  busy_ = false;
  leave_home();
  cleanup(std::move(fail_state_), loop::current());
  unregister_from_system();
}

void light_actor::on_destroy() {
  if (getf(is_cleaned_up_flag))
    return;
  leave_home();
  cleanup(caf::exit_reason::unreachable, nullptr);
  unregister_from_system();
}

} // namespace rookery
