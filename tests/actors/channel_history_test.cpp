#define CAF_SUITE channel_history

#include "actors/channel/channel.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/channel/namespaces.hpp"
#include "tests/actors/support/fake_bus.hpp"
#include "tests/actors/support/kept_publication.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/recording_member.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

using payloads = std::vector<std::string>;

/// A channel with history; the test plays its bus.
struct fixture : loop_fixture {
  ~fixture() override {
    tell({}, lobby, retire_atom_v);
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    settle();
    CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
  }

  static publication_ptr made(std::uint64_t offset) {
    return kept_publication("lobby", offset);
  }

  void live(std::uint64_t offset) {
    tell({}, lobby, delivery{made(offset), {}});
  }

  subscription_ptr join(member& newcomer,
                        std::optional<stream_position> from = std::nullopt) {
    subscription_ptr place{new subscription{newcomer, entry}};
    if (from)
      place->from = std::make_unique<const stream_position>(*from);
    tell({}, lobby, join_atom_v, place);
    return place;
  }

  void answer(std::uint64_t top, std::uint64_t first = 1) {
    const auto query = next_letter<history_query>(bus);
    auto page = std::make_shared<history_page>();
    page->top = {top, "e"};
    const auto since = query.what.range.since.value_or(0);
    for (auto i = std::max(first, since + 1);
         i <= top && page->publications.size() < query.what.range.limit; ++i)
      page->publications.push_back(made(i));
    tell({}, lobby, history_answer{query.ticket, publish_problem::none, page});
  }

  void start(std::uint64_t top) {
    tell({}, lobby, confirm_atom_v);
    answer(top);
  }

  bus_actor bus = sys.spawn(fake_bus);
  recent_budget memory{1 << 20};
  stream_counters counted;
  history_access history{
    actor_ref<bus_actor>{bus}, memory, counted, {100, std::chrono::hours{1}}};
  actor_ref<channel_actor> lobby = channel::start(home, "lobby", &history);
  channel_entry entry;
  recording_member ann;
  recording_member bob;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_history_tests, fixture)

CAF_TEST(a member is let in when the position is known) {
  settle();
  join(ann);
  CAF_CHECK(!sched.has_job());
  tell({}, lobby, confirm_atom_v);
  CAF_CHECK_EQUAL(ann.confirmations, 0);
  answer(7);
  CAF_CHECK_EQUAL(ann.confirmations, 1);
  CAF_CHECK(ann.position == (stream_position{7, "e"}));
  CAF_CHECK(!ann.is_recovered);
}

CAF_TEST(a member goes on where it was) {
  join(ann, stream_position{2, "e"});
  start(4);
  CAF_CHECK(ann.is_recovered);
  live(5);
  CAF_CHECK_EQUAL(ann.payloads, (payloads{"3", "4", "5"}));
}

CAF_TEST(a lost publication is repaired unseen) {
  start(0);
  join(ann);
  live(1);
  live(3);
  CAF_CHECK_EQUAL(ann.payloads, payloads{"1"});
  answer(3);
  CAF_CHECK_EQUAL(ann.payloads, (payloads{"1", "2", "3"}));
  CAF_CHECK(ann.gaps.empty());
}

CAF_TEST(a gap told by the bus is looked into) {
  start(0);
  join(ann);
  tell({}, lobby, gapped{gap_reason::link_lost});
  answer(2);
  CAF_CHECK_EQUAL(ann.payloads, (payloads{"1", "2"}));
  CAF_CHECK(ann.gaps.empty());
}

CAF_TEST(a gap that cannot be repaired is reported) {
  start(0);
  join(ann);
  join(bob);
  tell({}, lobby, gapped{gap_reason::overflow});
  answer(9, 8);
  CAF_CHECK_EQUAL(ann.gaps, std::vector{gap_reason::trimmed});
  CAF_CHECK_EQUAL(bob.gaps, std::vector{gap_reason::trimmed});
  CAF_CHECK_EQUAL(ann.payloads, (payloads{"8", "9"}));
}

CAF_TEST(a member without room gets publications later than the others) {
  start(0);
  const auto place = join(ann);
  join(bob);
  ann.room = 1;
  for (std::uint64_t i = 1; i <= 3; ++i)
    live(i);
  CAF_CHECK_EQUAL(ann.payloads, payloads{"1"});
  CAF_CHECK_EQUAL(bob.payloads, (payloads{"1", "2", "3"}));
  ann.room = 9;
  tell({}, lobby, resume_atom_v, place);
  live(4);
  CAF_CHECK_EQUAL(ann.payloads, (payloads{"1", "2", "3", "4"}));
  CAF_CHECK_EQUAL(counted.lags, 1u);
}

CAF_TEST(a member without room is told of a new epoch at once) {
  start(0);
  const auto place = join(ann);
  ann.room = 0;
  live(1);
  tell({}, lobby, gapped{gap_reason::link_lost});
  const auto query = next_letter<history_query>(bus);
  auto page = std::make_shared<history_page>();
  page->top = {7, "f"};
  tell({}, lobby, history_answer{query.ticket, publish_problem::none, page});
  CAF_CHECK_EQUAL(ann.gaps, std::vector{gap_reason::new_epoch});
  CAF_CHECK(!place->from);
}

CAF_TEST(a publication without offset is passed on at once) {
  start(0);
  join(ann);
  tell({}, lobby, gapped{gap_reason::overflow});
  tell({}, lobby,
       delivery{publication::make("lobby", "raw", payload_kind::text), {}});
  CAF_CHECK_EQUAL(ann.payloads, payloads{"raw"});
  answer(0);
}

CAF_TEST(a member that leaves before it is admitted is not called) {
  const auto place = join(ann);
  join(bob);
  place->to = nullptr;
  tell({}, lobby, departure{place});
  start(0);
  live(1);
  CAF_CHECK_EQUAL(ann.confirmations, 0);
  CAF_CHECK(ann.payloads.empty());
  CAF_CHECK_EQUAL(bob.payloads, payloads{"1"});
}

CAF_TEST(a history that cannot be read is asked again) {
  join(ann);
  tell({}, lobby, confirm_atom_v);
  const auto query = next_letter<history_query>(bus);
  tell({}, lobby, history_answer{query.ticket, publish_problem::bus_down});
  CAF_CHECK_EQUAL(ann.confirmations, 0);
  tell({}, lobby, tick_atom_v);
  answer(0);
  CAF_CHECK_EQUAL(ann.confirmations, 1);
}

CAF_TEST(an answer to an older question is ignored) {
  start(0);
  join(ann);
  auto page = std::make_shared<history_page>();
  page->top = {100, "e"};
  tell({}, lobby, history_answer{77, publish_problem::none, page});
  live(1);
  CAF_CHECK_EQUAL(ann.payloads, payloads{"1"});
}

CAF_TEST_FIXTURE_SCOPE_END()
