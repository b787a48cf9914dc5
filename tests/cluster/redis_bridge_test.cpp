#define CAF_SUITE redis_bridge

#include "actors/message/envelope.hpp"
#include "tests/cluster/support/bridge_fixture.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

struct fixture : bridge_fixture {
  /// Asks for a flush, and lets time pass. Returns false if it fails.
  bool flushes() {
    auto is_done = false;
    auto request = self->request(bridge, caf::infinite, flush_atom_v);
    sched.run();
    for (auto i = 0; i < 24; ++i)
      pass(250ms);
    request.receive([&](ok_atom) { is_done = true; }, [](const caf::error&) {});
    return is_done;
  }

  template <class... Ts>
  void tell(Ts... xs) {
    self->send(bridge, std::move(xs)...);
    sched.run();
  }

  void publish(std::string_view data, payload_kind kind = payload_kind::text,
               acknowledge when = acknowledge::always) {
    tell(publish_command{
      publication::make("lobby", data, kind), ++ticket, when, {}});
  }

  /// Returns the outcome sent to the publisher, "none" if there is none.
  std::string outcome() {
    std::string result = "none";
    self->receive(
      [&](const publish_outcome& seen) {
        result = std::to_string(seen.ticket) + ":"
                 + std::string{to_string(seen.verdict)} + ":"
                 + std::string{to_string(seen.problem)};
      },
      caf::after(0s) >> [] {});
    return result;
  }

  void want_lobby(std::uint64_t generation = 1) {
    tell(want{"lobby", 0, generation, ann_actor});
  }

  void receive(std::string_view payload) {
    redis.subscribe_side->received("p:lobby", payload);
    sched.run();
  }

  void confirm() {
    redis.subscribe_side->confirmed("p:lobby");
    sched.run();
  }

  void bring_up() {
    redis.bring_up();
    sched.run();
  }

  void pass(caf::timespan time) {
    sched.clock().advance_time(time);
    sched.run();
  }

  std::int64_t counter(std::string_view name) {
    tell(inspect_atom_v);
    std::int64_t result = -1;
    self->receive([&](const snapshot& seen) {
      for (const auto& each : seen.facts)
        if (each.name == name)
          result = std::get<std::int64_t>(each.value);
    });
    return result;
  }

  std::uint64_t ticket = 0;
};

using record = channel_record;

} // namespace

CAF_TEST_FIXTURE_SCOPE(redis_bridge_tests, fixture)

CAF_TEST(text goes to Redis as it is under the prefix) {
  publish("hi");
  CAF_REQUIRE_EQUAL(redis.published.size(), 1u);
  CAF_CHECK_EQUAL(redis.published[0].first, "p:lobby");
  CAF_CHECK_EQUAL(redis.published[0].second, "hi");
}

CAF_TEST(binary payloads are wrapped and so are forged envelopes) {
  const auto forged = wrap(payload_kind::text, "evil");
  publish("\x01\x02", payload_kind::binary);
  publish(forged, payload_kind::binary);
  CAF_REQUIRE_EQUAL(redis.published.size(), 2u);
  CAF_CHECK(redis.published[0].second
            == wrap(payload_kind::binary, "\x01\x02"));
  CAF_CHECK(unwrap(redis.published[1].second).data == forged);
}

CAF_TEST(an accepted publish is confirmed only if that was asked for) {
  publish("quiet", payload_kind::text, acknowledge::on_problem);
  publish("loud");
  redis.answer();
  sched.run();
  CAF_CHECK_EQUAL(outcome(), "none");
  redis.answer();
  sched.run();
  CAF_CHECK_EQUAL(outcome(), "2:accepted:none");
}

CAF_TEST(problems are told to everyone) {
  for (auto i = 0; i < 2; ++i)
    publish("hi", payload_kind::text, acknowledge::on_problem);
  redis.answer(publish_verdict::refused, publish_problem::rejected);
  redis.answer(publish_verdict::unknown, publish_problem::link_lost);
  sched.run();
  CAF_CHECK_EQUAL(outcome(), "1:refused:rejected");
  CAF_CHECK_EQUAL(outcome(), "2:unknown:link_lost");
}

CAF_TEST(a publish without a link is refused at once) {
  redis.refuse_with = publish_problem::bus_down;
  publish("hi", payload_kind::text, acknowledge::on_problem);
  CAF_CHECK_EQUAL(outcome(), "1:refused:bus_down");
  CAF_CHECK_EQUAL(counter("refused"), 1);
}

CAF_TEST(a wanted channel is subscribed and confirmed when it stands) {
  want_lobby();
  CAF_CHECK_EQUAL(redis.wanted.count("p:lobby"), 1u);
  CAF_CHECK(ann.empty());
  confirm();
  receive("hi");
  CAF_CHECK_EQUAL(ann, (record{"confirm", "hi"}));
}

CAF_TEST(unsubscribing waits a second and looks again) {
  want_lobby(1);
  confirm();
  tell(unwant{"lobby", 0, 1});
  pass(900ms);
  CAF_CHECK_EQUAL(redis.wanted.count("p:lobby"), 1u);
  want_lobby(2);
  pass(2s);
  CAF_CHECK_EQUAL(redis.wanted.count("p:lobby"), 1u);
  tell(unwant{"lobby", 0, 2});
  pass(900ms);
  CAF_CHECK_EQUAL(redis.wanted.count("p:lobby"), 1u);
  pass(500ms);
  CAF_CHECK_EQUAL(redis.wanted.count("p:lobby"), 0u);
  CAF_CHECK_EQUAL(ann, (record{"confirm", "confirm"}));
}

CAF_TEST(raw bytes are text or binary and envelopes are opened) {
  want_lobby();
  confirm();
  receive("raw");
  receive(wrap(payload_kind::binary, "wrapped"));
  CAF_CHECK_EQUAL(ann, (record{"confirm", "raw", "wrapped"}));
}

CAF_TEST(a malformed envelope is dropped and counted) {
  want_lobby();
  confirm();
  receive("\xFFRKY\x01");
  CAF_CHECK_EQUAL(ann, record{"confirm"});
  CAF_CHECK_EQUAL(counter("malformed"), 1);
}

CAF_TEST(an unknown envelope version is a gap of that channel) {
  want_lobby();
  confirm();
  auto message = wrap(payload_kind::text, "hi");
  message[4] = 9;
  receive(message);
  CAF_CHECK_EQUAL(ann, (record{"confirm", "gap:unknown_version"}));
}

CAF_TEST(messages outside of the prefix are ignored) {
  want_lobby();
  confirm();
  redis.subscribe_side->received("lobby", "hi");
  redis.subscribe_side->received("", "hi");
  sched.run();
  CAF_CHECK_EQUAL(ann, record{"confirm"});
}

CAF_TEST(after a loss a channel is told its gap when it stands again) {
  want_lobby();
  bring_up();
  confirm();
  redis.drop_subscribe_link();
  sched.run();
  CAF_CHECK_EQUAL(ann, record{"confirm"});
  confirm();
  CAF_CHECK_EQUAL(ann, (record{"confirm", "gap:link_lost"}));
}

CAF_TEST(the channel of an oversized message is told so) {
  want_lobby();
  bring_up();
  confirm();
  redis.subscribe_side->oversized("p:lobby");
  redis.drop_subscribe_link();
  confirm();
  CAF_CHECK_EQUAL(ann, (record{"confirm", "gap:too_large"}));
}

CAF_TEST(the bus is ready once the probe has come back) {
  CAF_CHECK(!health.is_ready());
  bring_up();
  CAF_CHECK(!health.is_ready());
  redis.echo();
  CAF_CHECK(health.is_ready());
  redis.drop_subscribe_link();
  CAF_CHECK(!health.is_ready());
}

CAF_TEST(
  a probe that stays away makes the bus unready and two rebuild the link) {
  want_lobby();
  bring_up();
  confirm();
  redis.echo();
  pass(5s);
  redis.answer();
  pass(5s);
  CAF_CHECK(!health.is_ready());
  CAF_CHECK(redis.dropped_for.empty());
  redis.answer();
  pass(5s);
  CAF_CHECK_EQUAL(redis.dropped_for, std::vector<std::string>{"deaf"});
  confirm();
  CAF_CHECK_EQUAL(ann, (record{"confirm", "gap:link_deaf"}));
}

CAF_TEST(probes go out every five seconds while all is well) {
  bring_up();
  for (std::size_t round = 1; round < 4; ++round) {
    CAF_CHECK_EQUAL(redis.published.size(), round);
    redis.echo();
    pass(5s);
  }
  CAF_CHECK(health.is_ready());
}

CAF_TEST(a flush waits for its mark to be answered and to come back) {
  bring_up();
  redis.echo();
  publish("hi");
  tell(flush_atom_v);
  CAF_REQUIRE_EQUAL(redis.published.size(), 3u);
  redis.answer();
  sched.run();
  CAF_CHECK_EQUAL(outcome(), "1:accepted:none");
  disallow((ok_atom), from(bridge).to(self));
  redis.answer();
  sched.run();
  disallow((ok_atom), from(bridge).to(self));
  const auto [name, payload] = redis.published.back();
  redis.subscribe_side->received(name, payload);
  sched.run();
  expect((ok_atom), from(bridge).to(self));
}

CAF_TEST(a flush fails at once without a link and later when one falls) {
  auto failures = 0;
  const auto count = [&](const caf::error&) { ++failures; };
  auto first = self->request(bridge, caf::infinite, flush_atom_v);
  sched.run();
  first.receive([](ok_atom) {}, count);
  CAF_CHECK_EQUAL(failures, 1);
  bring_up();
  auto second = self->request(bridge, caf::infinite, flush_atom_v);
  sched.run();
  redis.drop_subscribe_link();
  sched.run();
  second.receive([](ok_atom) {}, count);
  CAF_CHECK_EQUAL(failures, 2);
}

CAF_TEST(a flush that takes too long fails) {
  bring_up();
  CAF_CHECK(!flushes());
}

CAF_TEST(publishes unanswered when a flush fails are unknown) {
  bring_up();
  redis.echo();
  publish("hi");
  CAF_CHECK(!flushes());
  CAF_CHECK_EQUAL(outcome(), "1:unknown:link_lost");
  CAF_CHECK(redis.publish_state != link_state::up);
}

CAF_TEST(publishes unanswered when the bridge ends are unknown) {
  publish("hi");
  caf::anon_send_exit(bridge, caf::exit_reason::user_shutdown);
  sched.run();
  CAF_CHECK_EQUAL(outcome(), "1:unknown:link_lost");
  CAF_CHECK_EQUAL(redis.stopped, 2);
}

CAF_TEST_FIXTURE_SCOPE_END()
