#pragma once

#include "actors/runtime/loop.hpp"
#include "tests/actors/support/manual_waker.hpp"

#include <caf/test/dsl.hpp>

namespace rookery::test {

/// CAF's deterministic fixture plus one loop whose thread is the test's.
struct loop_fixture : test_coordinator_fixture<caf::actor_system_config> {
  loop_fixture() { home.enter_thread(); }

  ~loop_fixture() override {
    settle();
    home.leave_thread();
  }

  /// Runs the loop and CAF's coordinator until their queues are empty. No time
  /// passes.
  void settle() {
    do {
      waker.deferred = 0;
      waker.woken = 0;
      home.run_turn();
      consume_messages();
    } while (waker.deferred > 0 || waker.woken > 0);
  }

  /// Returns the oldest letter to `receiver`, and lets it receive the letter.
  template <class Message, class Actor>
  Message next_letter(const Actor& receiver) {
    caf::mailbox_element* letter =
      caf::actor_cast<caf::abstract_actor*>(receiver)
        ->peek_at_next_mailbox_element();
    CAF_REQUIRE(letter != nullptr);
    const auto result = letter->content().get_as<Message>(0);
    expect((Message), to(receiver));
    return result;
  }

  manual_waker waker;
  loop home{sys, waker, 3};
};

} // namespace rookery::test
