#define CAF_SUITE channel_crowd

#include "actors/channel/channel.hpp"
#include "actors/channel/channel_table.hpp"
#include "tests/actors/support/fake_bus.hpp"
#include "tests/actors/support/kept_publication.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/recording_member.hpp"

#include <algorithm>
#include <deque>

using namespace rookery;
using namespace rookery::test;

namespace {

using payloads = std::vector<std::string>;

constexpr auto slice = member_round::slice;

/// Channels with more members than one turn visits, one without a history and
/// one with; the test plays the bus.
struct fixture : loop_fixture {
  ~fixture() override {
    tell({}, lobby, retire_atom_v);
    tell({}, kept, retire_atom_v);
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    settle();
    CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
  }

  static publication_ptr made(std::uint64_t offset) {
    return kept_publication("kept", offset);
  }

  void publish(std::string_view data) {
    tell({}, lobby,
         delivery{publication::make("lobby", data, payload_kind::text), {}});
  }

  subscription_ptr join(const actor_ref<channel_actor>& to, member& newcomer) {
    subscription_ptr place{new subscription{newcomer, entry}};
    tell({}, to, join_atom_v, place);
    return place;
  }

  void leave(const actor_ref<channel_actor>& from,
             const subscription_ptr& place) {
    place->to = nullptr;
    tell({}, from, departure{place, 0, {}});
  }

  void gather(const actor_ref<channel_actor>& in, std::size_t count) {
    while (crowd.size() < count)
      places.push_back(join(in, crowd.emplace_back()));
    settle();
  }

  /// Answers the channel's query with the publications up to `top`.
  void answer(std::uint64_t top) {
    const auto query = next_letter<history_query>(bus);
    auto page = std::make_shared<history_page>();
    page->top = {top, "e"};
    const auto since = query.what.range.since.value_or(top);
    for (auto offset = since + 1; offset <= top; ++offset)
      page->publications.push_back(made(offset));
    tell({}, kept, history_answer{query.ticket, publish_problem::none, page});
  }

  void start_kept() {
    tell({}, kept, confirm_atom_v);
    answer(0);
  }

  std::size_t count(const payloads& got) const {
    return static_cast<std::size_t>(std::ranges::count_if(
      crowd, [&](const auto& each) { return each.payloads == got; }));
  }

  std::size_t deliveries() const {
    std::size_t result = 0;
    for (const auto& each : crowd)
      result += each.payloads.size();
    return result;
  }

  bus_actor bus = sys.spawn(fake_bus);
  recent_budget memory{1 << 20};
  stream_counters counted;
  history_access history{
    actor_ref<bus_actor>{bus}, memory, counted, {1000, std::chrono::hours{1}}};
  actor_ref<channel_actor> lobby = channel::start(home, "lobby", nullptr);
  actor_ref<channel_actor> kept = channel::start(home, "kept", &history);
  channel_entry entry;
  std::deque<recording_member> crowd;
  std::vector<subscription_ptr> places;
  recording_member late;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_crowd_tests, fixture)

CAF_TEST(a publication reaches a crowd in several turns) {
  gather(lobby, 2 * slice + 10);
  publish("hi");
  CAF_CHECK_EQUAL(count({"hi"}), slice);
  home.run_turn();
  CAF_CHECK_EQUAL(count({"hi"}), 2 * slice);
  home.run_turn();
  CAF_CHECK_EQUAL(count({"hi"}), crowd.size());
}

CAF_TEST(publications to a crowd keep their order) {
  gather(lobby, slice + 10);
  for (const auto* data : {"1", "2", "3"})
    publish(data);
  CAF_CHECK_EQUAL(deliveries(), slice);
  settle();
  CAF_CHECK_EQUAL(count({"1", "2", "3"}), crowd.size());
}

CAF_TEST(a member that joins between the turns gets later publications) {
  gather(lobby, slice + 10);
  tell({}, lobby, confirm_atom_v);
  settle();
  publish("1");
  join(lobby, late);
  publish("2");
  CAF_CHECK_EQUAL(late.confirmations, 0);
  settle();
  CAF_CHECK_EQUAL(late.confirmations, 1);
  CAF_CHECK_EQUAL(late.payloads, payloads{"2"});
  CAF_CHECK_EQUAL(count({"1", "2"}), crowd.size());
}

CAF_TEST(a member that leaves between the turns gets no more publications) {
  gather(lobby, slice + 10);
  publish("1");
  leave(lobby, places.front());
  leave(lobby, places.back());
  settle();
  publish("2");
  settle();
  CAF_CHECK_EQUAL(crowd.front().payloads, payloads{"1"});
  CAF_CHECK_EQUAL(crowd.back().payloads, payloads{});
  CAF_CHECK_EQUAL(count({"1", "2"}), crowd.size() - 2);
}

CAF_TEST(a crowd is let in and told of a gap in several turns) {
  gather(lobby, slice + 10);
  tell({}, lobby, confirm_atom_v);
  CAF_CHECK_EQUAL(crowd.front().confirmations, 1);
  CAF_CHECK_EQUAL(crowd.back().confirmations, 0);
  tell({}, lobby, gapped{gap_reason::overflow});
  publish("after");
  settle();
  for (const auto* each : {&crowd.front(), &crowd.back()}) {
    CAF_CHECK_EQUAL(each->confirmations, 1);
    CAF_CHECK_EQUAL(each->gaps, std::vector{gap_reason::overflow});
  }
  CAF_CHECK_EQUAL(count({"after"}), crowd.size());
}

CAF_TEST(a page for many members takes several turns) {
  start_kept();
  gather(kept, slice / 4);
  tell({}, kept, gapped{gap_reason::link_lost});
  answer(100);
  CAF_CHECK_LESS(deliveries(), 2 * slice);
  tell({}, kept, delivery{made(101), {}});
  join(kept, late);
  CAF_CHECK_EQUAL(late.confirmations, 0);
  settle();
  CAF_CHECK_EQUAL(deliveries(), 101 * crowd.size());
  CAF_CHECK_EQUAL(late.confirmations, 1);
  CAF_CHECK_EQUAL(late.position.offset, 101u);
  for (const auto& each : crowd)
    CAF_CHECK(each.payloads.front() == "1" && each.payloads.back() == "101");
}

CAF_TEST(a page for a crowd waits for each publication) {
  start_kept();
  gather(kept, slice + 10);
  tell({}, kept, gapped{gap_reason::link_lost});
  answer(3);
  CAF_CHECK_EQUAL(deliveries(), slice);
  settle();
  CAF_CHECK_EQUAL(count({"1", "2", "3"}), crowd.size());
}

CAF_TEST(a member without room in the middle of a crowd is not forgotten) {
  start_kept();
  gather(kept, slice + 10);
  crowd.back().room = 0;
  tell({}, kept, delivery{made(1), {}});
  tell({}, kept, delivery{made(2), {}});
  settle();
  CAF_CHECK_EQUAL(crowd.back().payloads, payloads{});
  crowd.back().room = 10;
  tell({}, kept, resume_atom_v, places.back());
  settle();
  CAF_CHECK_EQUAL(count({"1", "2"}), crowd.size());
}

CAF_TEST(many newcomers are let in in several turns) {
  gather(kept, catch_up::settle_count + 10);
  start_kept();
  CAF_CHECK_EQUAL(crowd.front().confirmations, 1);
  CAF_CHECK_EQUAL(crowd.back().confirmations, 0);
  tell({}, kept, delivery{made(1), {}});
  settle();
  for (const auto& each : crowd)
    CAF_CHECK_EQUAL(each.confirmations, 1);
  CAF_CHECK_EQUAL(count({"1"}), crowd.size());
}

CAF_TEST(a channel with letters that wait can end) {
  gather(lobby, slice + 10);
  publish("1");
  publish("2");
  for (const auto& each : places)
    leave(lobby, each);
  tell({}, lobby, retire_atom_v);
  settle();
  CAF_CHECK_EQUAL(home.loop_actors().size(), 1u);
  CAF_CHECK_EQUAL(count({"1"}), slice);
}

CAF_TEST_FIXTURE_SCOPE_END()
