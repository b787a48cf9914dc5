#define CAF_SUITE light_actor

#include "actors/runtime/actor_ref.hpp"
#include "actors/runtime/light_actor.hpp"
#include "actors/runtime/light_handlers.hpp"
#include "actors/runtime/pinned_actor.hpp"
#include "configs/log.hpp"
#include "tests/actors/support/loop_fixture.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

using namespace rookery;
using namespace rookery::test;

namespace {

using counter_actor = caf::typed_actor<caf::replies_to<int>::with<int>,
                                       caf::reacts_to<std::string>>;

/// Adds up the numbers it receives; quits or throws on command.
class counter final : public light_actor {
public:
  counter(caf::actor_config& config, int& exits)
    : light_actor{config}, exits_{exits} {}

  std::string_view kind() const noexcept override { return "counter"; }

  int add(int x) {
    order.push_back(x);
    return sum += x;
  }

  void command(const std::string& what) {
    if (what == "quit")
      quit(caf::exit_reason::user_shutdown);
    if (what == "throw")
      throw std::runtime_error{"as told"};
    if (what == "toil")
      toil();
    if (what == "reenter") {
      int one = 1;
      caf::mailbox_element_view<int> element{
        nullptr, caf::make_message_id(), {}, one};
      reentered = try_invoke(element);
    }
  }

  int sum = 0;
  std::vector<int> order;
  bool reentered = false;

private:
  outcome receive(caf::mailbox_element& element, caf::message& reply) override {
    using handlers =
      light_handlers<counter_actor, &counter::add, &counter::command>;
    return handlers::invoke(*this, element.content(), reply)
             ? outcome::handled
             : outcome::unmatched;
  }

  void on_exit() override { ++exits_; }

  void toil() {
    const auto end =
      std::chrono::steady_clock::now() + std::chrono::milliseconds{6};
    while (std::chrono::steady_clock::now() < end)
      ;
    home()->add_work(1000);
  }

  int& exits_;
};

/// Notes the thread on which it is destroyed.
template <class Base>
class mortal : public Base {
public:
  mortal(caf::actor_config& config, std::thread::id& died)
    : Base{config}, died_{died} {}

  ~mortal() { died_ = std::this_thread::get_id(); }

  std::string_view kind() const noexcept override { return "mortal"; }

private:
  std::thread::id& died_;
};

class light_mortal final : public mortal<light_actor> {
public:
  using mortal::mortal;

private:
  outcome receive(caf::mailbox_element&, caf::message&) override {
    return outcome::unmatched;
  }
};

class pinned_mortal final
  : public mortal<pinned_actor<caf::typed_actor<caf::reacts_to<int>>>> {
public:
  using mortal::mortal;

  behavior_type make_behavior() override {
    return {[](int) {}};
  }
};

/// A pinned actor that reports the sums it receives.
using ear_actor = caf::typed_actor<caf::reacts_to<int>>;

class ear final : public pinned_actor<ear_actor> {
public:
  ear(caf::actor_config& config, std::vector<int>& heard)
    : pinned_actor{config}, heard_{heard} {}

  std::string_view kind() const noexcept override { return "ear"; }

  behavior_type make_behavior() override {
    return {[this](int x) {
      if (x < 0)
        throw std::runtime_error{"too low"};
      heard_.push_back(x);
    }};
  }

private:
  std::vector<int>& heard_;
};

struct fixture : loop_fixture {
  ~fixture() override {
    caf::anon_send_exit(handle, caf::exit_reason::kill);
    settle();
    CAF_CHECK_EQUAL(exits, 1);
  }

  int exits = 0;
  light_ptr<counter> one = spawn_light<counter>(home, exits);
  caf::actor handle = caf::actor_cast<caf::actor>(one.pointer());
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(light_actor_tests, fixture)

CAF_TEST(the rest of a long turn waits for the next and keeps its order) {
  for (const auto number : {1, 2, 3}) {
    caf::anon_send(handle, std::string{"toil"});
    caf::anon_send(handle, number);
  }
  waker.deferred = 0;
  home.run_turn();
  CAF_CHECK_EQUAL(one->order, (std::vector{1}));
  CAF_CHECK_EQUAL(waker.deferred, 1);
  caf::anon_send(handle, 4);
  settle();
  CAF_CHECK_EQUAL(one->order, (std::vector{1, 2, 3, 4}));
}

CAF_TEST(a request is answered on the next turn) {
  auto request = self->request(handle, caf::infinite, 7);
  CAF_CHECK_EQUAL(one->sum, 0);
  CAF_CHECK_EQUAL(waker.deferred, 1);
  settle();
  request.receive([](int sum) { CAF_CHECK_EQUAL(sum, 7); },
                  [](const caf::error&) { CAF_FAIL("no answer"); });
}

CAF_TEST(messages of other threads wake the loop once and keep their order) {
  std::thread other{[&] {
    for (int i = 0; i < 100; ++i)
      caf::anon_send(handle, i);
  }};
  other.join();
  CAF_CHECK_EQUAL(waker.woken, 1);
  settle();
  std::vector<int> expected(100);
  for (int i = 0; i < 100; ++i)
    expected[i] = i;
  CAF_CHECK_EQUAL(one->order, expected);
}

CAF_TEST(letters that come in during a turn wait for the next) {
  std::vector<int> heard;
  const auto listener = spawn_pinned<ear>(sys, home, heard);
  caf::anon_send(listener.handle(), 1);
  home.run_turn();
  caf::anon_send(listener.handle(), 2);
  CAF_CHECK_EQUAL(heard, std::vector<int>{1});
  settle();
  CAF_CHECK_EQUAL(heard, (std::vector<int>{1, 2}));
  caf::anon_send_exit(listener.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST(a pinned actor counts the letters that wait for it) {
  std::vector<int> heard;
  const auto listener = spawn_pinned<ear>(sys, home, heard);
  const auto queued = [&] {
    return listener.inline_target()->inspect().queue_depth;
  };
  settle();
  CAF_CHECK_EQUAL(queued(), 0u);
  for (int i = 0; i < 3; ++i)
    caf::anon_send(listener.handle(), i);
  CAF_CHECK_EQUAL(queued(), 3u);
  tell({}, listener, 3);
  CAF_CHECK_EQUAL(queued(), 4u);
  settle();
  CAF_CHECK_EQUAL(heard.size(), 4u);
  CAF_CHECK_EQUAL(queued(), 0u);
  tell({}, listener, 4);
  CAF_CHECK_EQUAL(heard.size(), 5u);
  CAF_CHECK_EQUAL(queued(), 0u);
  caf::anon_send_exit(listener.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST(an idle actor is called inline) {
  std::vector<int> heard;
  const auto listener = spawn_pinned<ear>(sys, home, heard);
  tell({}, listener, 5);
  CAF_CHECK_EQUAL(heard, std::vector<int>{5});
  caf::anon_send(listener.handle(), 6);
  tell({}, listener, 7);
  CAF_CHECK_EQUAL(heard, std::vector<int>{5});
  settle();
  CAF_CHECK_EQUAL(heard, (std::vector<int>{5, 6, 7}));
  caf::anon_send_exit(listener.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST(an inline call never overtakes queued messages) {
  caf::anon_send(handle, 1);
  int two = 2;
  caf::mailbox_element_view<int> element{
    nullptr, caf::make_message_id(), {}, two};
  CAF_CHECK(!one->try_invoke(element));
  settle();
  CAF_CHECK(one->try_invoke(element));
  CAF_CHECK_EQUAL(one->order, (std::vector<int>{1, 2}));
}

CAF_TEST(a running handler is not entered again) {
  caf::anon_send(handle, std::string{"reenter"});
  settle();
  CAF_CHECK(!one->reentered);
  CAF_CHECK(one->order.empty());
}

CAF_TEST(an unknown message is answered with an error) {
  auto request = self->request(handle, caf::infinite, 1.5);
  settle();
  request.receive([](int) { CAF_FAIL("an answer"); },
                  [](const caf::error& problem) {
                    CAF_CHECK(problem == caf::sec::unexpected_message);
                  });
}

CAF_TEST(its end is told to monitors and ends links) {
  self->monitor(handle);
  caf::anon_send(handle, std::string{"quit"});
  settle();
  expect((caf::down_msg), to(self));
  CAF_CHECK_EQUAL(exits, 1);
  CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
}

CAF_TEST(a dead actor answers requests with an error) {
  caf::anon_send(handle, std::string{"quit"});
  settle();
  auto request = self->request(handle, caf::infinite, 1);
  settle();
  request.receive([](int) { CAF_FAIL("an answer"); },
                  [](const caf::error& problem) {
                    CAF_CHECK(problem == caf::sec::request_receiver_down);
                  });
}

CAF_TEST(an exception ends the actor alone) {
  self->monitor(handle);
  caf::anon_send(handle, std::string{"throw"});
  settle();
  self->receive([](const caf::down_msg& down) {
    CAF_CHECK(down.reason == caf::sec::runtime_error);
  });
}

CAF_TEST(an exception is logged and counted with its actor and message) {
  std::string line;
  log::redirect([&](std::string_view text) { line = text; });
  caf::anon_send(handle, std::string{"throw"});
  settle();
  log::redirect({});
  const auto id = std::to_string(handle.id());
  CAF_CHECK(line.find("error actor failed kind=counter id=" + id)
            != std::string::npos);
  CAF_CHECK(line.find(R"(during=@str error="as told")") != std::string::npos);
  CAF_CHECK_EQUAL(home.record().last_error,
                  "counter " + id + ": @str: as told");
  CAF_CHECK_EQUAL(home.record().meters.errors, 1u);
}

CAF_TEST(a request that makes its actor throw is answered with an error) {
  auto request = self->request(handle, caf::infinite, std::string{"throw"});
  settle();
  request.receive([] { CAF_FAIL("an answer"); },
                  [](const caf::error& problem) {
                    CAF_CHECK(problem == caf::sec::runtime_error);
                  });
}

CAF_TEST(a pinned actor goes on after an exception) {
  std::vector<int> heard;
  const auto listener = spawn_pinned<ear>(sys, home, heard);
  tell({}, listener, -1);
  caf::anon_send(listener.handle(), -1);
  tell({}, listener, 1);
  settle();
  CAF_CHECK_EQUAL(heard, std::vector<int>{1});
  const auto seen = listener.inline_target()->inspect();
  CAF_CHECK_EQUAL(seen.last_error, "@i32: too low");
  CAF_CHECK_EQUAL(seen.queue_depth, 0u);
  CAF_CHECK_EQUAL(home.record().meters.errors, 2u);
  caf::anon_send_exit(listener.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST(a request that makes a pinned actor throw gets an error) {
  std::vector<int> heard;
  const auto listener = spawn_pinned<ear>(sys, home, heard);
  auto request = self->request(listener.handle(), caf::infinite, -1);
  settle();
  request.receive([] { CAF_FAIL("an answer"); },
                  [](const caf::error& problem) {
                    CAF_CHECK(problem == caf::sec::runtime_error);
                  });
  caf::anon_send_exit(listener.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST(an actor dies on its loop when another thread drops it) {
  std::array<std::thread::id, 2> died;
  caf::strong_actor_ptr light =
    spawn_light<light_mortal>(home, died[0]).pointer();
  auto pinned = caf::actor_cast<caf::strong_actor_ptr>(
    spawn_pinned<pinned_mortal>(sys, home, died[1]).handle());
  for (const auto& each : {light, pinned})
    caf::anon_send_exit(each, caf::exit_reason::kill);
  settle();
  std::thread other{[&] {
    light.reset();
    pinned.reset();
  }};
  other.join();
  CAF_CHECK(died[0] == std::thread::id{});
  CAF_CHECK(died[1] == std::thread::id{});
  CAF_CHECK_EQUAL(waker.woken, 1);
  settle();
  CAF_CHECK(died[0] == std::this_thread::get_id());
  CAF_CHECK(died[1] == std::this_thread::get_id());
}

CAF_TEST(references may outlive the loop) {
  std::thread::id died;
  manual_waker other_waker;
  auto other = std::make_unique<loop>(sys, other_waker, 4);
  auto kept = spawn_light<light_mortal>(*other, died).pointer();
  caf::anon_send_exit(kept, caf::exit_reason::kill);
  other->run_turn();
  other.reset();
  auto request =
    self->request(caf::actor_cast<caf::actor>(kept), caf::infinite, 1);
  request.receive([](int) { CAF_FAIL("an answer"); },
                  [](const caf::error& problem) {
                    CAF_CHECK(problem == caf::sec::request_receiver_down);
                  });
  CAF_CHECK(died == std::thread::id{});
  kept.reset();
  CAF_CHECK(died == std::this_thread::get_id());
}

CAF_TEST(requests queued on a stopped loop fail) {
  auto request = self->request(handle, caf::infinite, 1);
  home.stop();
  request.receive([](int) { CAF_FAIL("an answer"); },
                  [](const caf::error& problem) {
                    CAF_CHECK(problem == caf::sec::request_receiver_down);
                  });
  CAF_CHECK_EQUAL(exits, 1);
}

CAF_TEST_FIXTURE_SCOPE_END()
