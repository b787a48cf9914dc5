#define CAF_SUITE channel_error

#include "actors/channel/channel.hpp"
#include "actors/channel/channel_table.hpp"
#include "tests/actors/support/fake_bus.hpp"
#include "tests/actors/support/kept_publication.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/recording_member.hpp"

#include <stdexcept>

using namespace rookery;
using namespace rookery::test;

namespace {

using payloads = std::vector<std::string>;

/// A channel that throws at the next messages, as often as a test wants.
class faulty_channel final : public channel {
public:
  using channel::channel;

  int faults = 0;

private:
  outcome receive(caf::mailbox_element& element, caf::message& reply) override {
    if (faults > 0) {
      --faults;
      throw std::runtime_error{"as told"};
    }
    return channel::receive(element, reply);
  }
};

/// A channel without history and one with, whose bus the test plays.
struct fixture : loop_fixture {
  ~fixture() override {
    for (const auto& each : {lobby, kept}) {
      each->faults = 0;
      tell({}, ref(each), retire_atom_v);
    }
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    settle();
    CAF_CHECK_EQUAL(home.loop_actors().size(), 0u);
  }

  static actor_ref<channel_actor> ref(const light_ptr<faulty_channel>& to) {
    return {caf::actor_cast<channel_actor>(to.pointer()), *to};
  }

  subscription_ptr join(const light_ptr<faulty_channel>& to, member& newcomer) {
    subscription_ptr place{new subscription{newcomer, entry}};
    tell({}, ref(to), join_atom_v, place);
    return place;
  }

  static publication_ptr made(std::uint64_t offset) {
    return kept_publication("kept", offset);
  }

  void publish(std::string_view data) {
    tell({}, ref(lobby),
         delivery{publication::make("lobby", data, payload_kind::text), {}});
  }

  void live(std::uint64_t offset) {
    tell({}, ref(kept), delivery{made(offset), {}});
  }

  /// Answers the channel's question about its history.
  void answer(std::uint64_t top) {
    const auto query = next_letter<history_query>(bus);
    auto page = std::make_shared<history_page>();
    page->top = {top, "e"};
    for (auto i = query.what.range.since.value_or(0) + 1;
         i <= top && page->publications.size() < query.what.range.limit; ++i)
      page->publications.push_back(made(i));
    tell({}, ref(kept),
         history_answer{query.ticket, publish_problem::none, page});
  }

  /// The channel with history, at that offset, with `ann`.
  void start_at(std::uint64_t top) {
    settle();
    tell({}, ref(kept), confirm_atom_v);
    answer(top);
    join(kept, ann);
  }

  bus_actor bus = sys.spawn(fake_bus);
  recent_budget memory{1 << 20};
  stream_counters counted;
  history_access history{
    actor_ref<bus_actor>{bus}, memory, counted, {100, std::chrono::hours{1}}};
  light_ptr<faulty_channel> lobby = spawn_light<faulty_channel>(home, "lobby");
  light_ptr<faulty_channel> kept =
    spawn_light<faulty_channel>(home, "kept", history);
  channel_entry entry;
  recording_member ann;
  recording_member bob;
};

const std::vector internal_error{gap_reason::internal_error};

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_error_tests, fixture)

CAF_TEST(members get a gap for an error and later publications after it) {
  join(lobby, ann);
  join(lobby, bob);
  publish("1");
  lobby->faults = 1;
  publish("2");
  publish("3");
  for (const auto* each : {&ann, &bob}) {
    CAF_CHECK_EQUAL(each->payloads, (payloads{"1", "3"}));
    CAF_CHECK_EQUAL(each->gaps, internal_error);
    CAF_CHECK(each->failures.empty());
  }
}

CAF_TEST(the error is kept by the channel and by its loop) {
  lobby->faults = 1;
  publish("1");
  CAF_CHECK_EQUAL(lobby->inspect().last_error, "rookery::delivery: as told");
  CAF_CHECK_EQUAL(home.record().last_error,
                  "channel " + std::to_string(lobby->id())
                    + " lobby: rookery::delivery: as told");
  CAF_CHECK_EQUAL(home.record().meters.errors, 1u);
}

CAF_TEST(members may join and leave after an error) {
  const auto first = join(lobby, ann);
  lobby->faults = 1;
  publish("1");
  join(lobby, bob);
  first->to = nullptr;
  tell({}, ref(lobby), departure{first, 0, {}});
  publish("2");
  CAF_CHECK(ann.payloads.empty());
  CAF_CHECK_EQUAL(bob.payloads, payloads{"2"});
}

CAF_TEST(a channel with history reads publications that an error has lost) {
  start_at(7);
  kept->faults = 1;
  live(8);
  answer(8);
  live(9);
  CAF_CHECK_EQUAL(ann.payloads, (payloads{"8", "9"}));
  CAF_CHECK(ann.gaps.empty());
}

CAF_TEST(publications that come while lost ones are read keep their order) {
  start_at(7);
  kept->faults = 1;
  live(8);
  live(9);
  answer(9);
  CAF_CHECK_EQUAL(ann.payloads, (payloads{"8", "9"}));
  CAF_CHECK(ann.gaps.empty());
}

CAF_TEST(a newcomer that waits for the history is let in after an error) {
  settle();
  join(kept, ann);
  tell({}, ref(kept), confirm_atom_v);
  kept->faults = 1;
  answer(3);
  CAF_CHECK_EQUAL(ann.confirmations, 0);
  answer(4);
  CAF_CHECK_EQUAL(ann.confirmations, 1);
  CAF_CHECK(ann.position == (stream_position{4, "e"}));
}

CAF_TEST(a channel that fails again and again ends its members) {
  join(lobby, ann);
  lobby->faults = 4;
  for (int i = 0; i < 3; ++i)
    publish("lost");
  CAF_CHECK_EQUAL(ann.gaps.size(), 3u);
  CAF_CHECK(ann.failures.empty());
  publish("lost");
  CAF_CHECK_EQUAL(ann.gaps.size(), 3u);
  CAF_CHECK_EQUAL(ann.failures,
                  payloads{"channel: the channel failed too often"});
  join(lobby, bob);
  CAF_CHECK_EQUAL(bob.failures, ann.failures);
}

CAF_TEST_FIXTURE_SCOPE_END()
