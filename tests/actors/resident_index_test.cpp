#define CAF_SUITE resident_index

#include "actors/channel.hpp"
#include "actors/loop_reporter.hpp"
#include "actors/resident_index.hpp"
#include "tests/actors/support/loop_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : loop_fixture {
  ~fixture() override {
    for (const auto& x : channels)
      tell({}, x, retire_atom_v);
    settle();
    CAF_CHECK_EQUAL(home.residents().size(), 0u);
  }

  void start_channels(int count) {
    for (int i = 0; i < count; ++i)
      channels.push_back(channel::start(home, std::to_string(i), nullptr));
  }

  std::vector<actor_ref<channel_actor>> channels;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(resident_index_tests, fixture)

CAF_TEST(pages visit every actor once in the order of ids) {
  start_channels(25);
  std::vector<std::uint64_t> seen;
  listing_query query{"", 0, 10};
  for (int pages = 0; pages < 3; ++pages) {
    const auto page = home.residents().list(query);
    for (const auto& x : page.actors)
      seen.push_back(x.id);
    query.after = page.next;
  }
  CAF_CHECK_EQUAL(query.after, 0u);
  CAF_REQUIRE_EQUAL(seen.size(), 25u);
  for (std::size_t i = 0; i < seen.size(); ++i)
    CAF_CHECK_EQUAL(seen[i], channels[i].handle().id());
}

CAF_TEST(an actor that ended is not listed) {
  start_channels(3);
  caf::anon_send_exit(channels[1].handle(), caf::exit_reason::kill);
  settle();
  CAF_CHECK_EQUAL(home.residents().list({"", 0, 10}).actors.size(), 2u);
  CAF_CHECK(!home.residents().inspect(channels[1].handle().id()));
  CAF_CHECK(home.residents().inspect(channels[2].handle().id()));
}

CAF_TEST(a page can be limited to a kind) {
  start_channels(2);
  const auto reporter = spawn_pinned<loop_reporter>(sys, home, nullptr);
  const auto page = home.residents().list({"loop", 0, 10});
  CAF_REQUIRE_EQUAL(page.actors.size(), 1u);
  CAF_CHECK_EQUAL(page.actors[0].id, reporter.handle().id());
  CAF_CHECK_EQUAL(page.actors[0].loop, 3u);
  caf::anon_send_exit(reporter.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST(a reporter answers for its loop) {
  start_channels(1);
  const auto reporter = spawn_pinned<loop_reporter>(sys, home, nullptr);
  auto known = self->request(reporter.handle(), caf::infinite, inspect_atom_v,
                             std::uint64_t{channels[0].handle().id()});
  auto unknown = self->request(reporter.handle(), caf::infinite, inspect_atom_v,
                               std::uint64_t{0});
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

CAF_TEST_FIXTURE_SCOPE_END()
