#define CAF_SUITE loop_reporter

#include "actors/client/loop_reporter.hpp"
#include "tests/actors/support/channels_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

CAF_TEST_FIXTURE_SCOPE(loop_reporter_tests, channels_fixture)

CAF_TEST(a reporter answers for its loop) {
  start_channels(1);
  const auto reporter = spawn_pinned<loop_reporter>(sys, home, nullptr);
  auto known = self->request(reporter.handle(), caf::infinite,
                             actor_query{channels[0].handle().id()});
  auto unknown = self->request(reporter.handle(), caf::infinite, actor_query{});
  settle();
  known.receive([](const snapshot& x) { CAF_CHECK_EQUAL(x.kind, "channel"); },
                [](const caf::error&) { CAF_FAIL("no snapshot"); });
  unknown.receive([](const snapshot&) { CAF_FAIL("a snapshot"); },
                  [](const caf::error& problem) {
                    CAF_CHECK(problem == caf::sec::invalid_argument);
                  });
  caf::anon_send_exit(reporter.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST(the amounts of a loop are added up over more than a slice) {
  const auto many = static_cast<int>(2 * meters_scan::slice + 10);
  start_channels(many);
  socket_meters sockets;
  sockets.bytes_sent = 5;
  home.record().meters.deliveries = 7;
  const auto reporter =
    spawn_pinned<loop_reporter>(sys, home, nullptr, nullptr, &sockets);
  settle();
  auto one = self->request(reporter.handle(), caf::infinite, meters_atom_v);
  settle();
  // The clock starts the next slice; a question that arrives meanwhile shares
  // the answer.
  auto two = self->request(reporter.handle(), caf::infinite, meters_atom_v);
  settle();
  int answers = 0;
  const auto check = [&](const loop_meters& x) {
    ++answers;
    CAF_CHECK_EQUAL(x.sockets.bytes_sent, 5u);
    CAF_CHECK_EQUAL(x.actors.deliveries, 7u);
    CAF_CHECK_EQUAL(x.kinds.at("channel").actors,
                    static_cast<std::uint64_t>(many));
    CAF_CHECK_EQUAL(x.kinds.at("loop").actors, 1u);
  };
  const auto fail = [](const caf::error& problem) { CAF_FAIL(problem); };
  for (int i = 0; i < 2; ++i) {
    sched.trigger_timeouts();
    settle();
  }
  one.receive(check, fail);
  two.receive(check, fail);
  CAF_CHECK_EQUAL(answers, 2);
  caf::anon_send_exit(reporter.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST_FIXTURE_SCOPE_END()
