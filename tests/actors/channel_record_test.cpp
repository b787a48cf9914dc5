#define CAF_SUITE channel_record

#include "actors/channel/channel_table.hpp"
#include "actors/channel/namespaces.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/obliging_bus.hpp"
#include "tests/actors/support/recording_member.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

using texts = std::vector<std::string>;

/// Members of "lobby", and of "kept:lobby", which has a history.
struct fixture : loop_fixture {
  fixture() {
    ann.id = 91;
    ann.user = "ann";
    bob.id = 92;
  }

  ~fixture() override {
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    log.channels.clear();
    settle();
  }

  static namespaces make_names() {
    string_map<channel_options> named;
    named["kept"].history_size = 100;
    named["kept"].history_ttl = std::chrono::minutes{1};
    return {channel_options{}, std::move(named)};
  }

  subscription_ptr join(member& newcomer, std::string_view name = "lobby") {
    auto result = table.join(name, newcomer);
    settle();
    return result;
  }

  void leave(const subscription_ptr& place, leave_cause why = {}) {
    table.leave(place, why);
    settle();
  }

  void publish(std::string_view data, const std::string& name = "lobby") {
    tell({}, log.channels.at(name),
         delivery{publication::make(name, data, payload_kind::text), {}});
    settle();
  }

  void tell_gap(gap_reason reason, const std::string& name = "lobby") {
    tell({}, log.channels.at(name), gapped{reason});
    settle();
  }

  /// Appends the next publication to the history, then delivers or loses it.
  publication_ptr keep(std::string_view data) {
    return log.kept(*publication::make("kept:lobby", data, payload_kind::text));
  }

  void deliver(const publication_ptr& what) {
    tell({}, log.channels.at("kept:lobby"), delivery{what, {}});
    settle();
  }

  ledger_page page(const std::string& name = "lobby",
                   std::uint32_t max_members = 0,
                   std::uint64_t connection = 0) {
    return table.look_up({name, max_members, connection});
  }

  /// The marks in short: number, kind, connection, detail.
  texts marks(const std::string& name = "lobby") {
    texts result;
    for (const auto& each : page(name).marks)
      result.push_back(std::to_string(each.number) + " "
                       + std::string{to_string(each.what)} + " "
                       + std::to_string(each.connection) + " " + each.detail);
    return result;
  }

  texts journal() {
    texts result;
    for (const auto& each : home.record().journal.list({}).entries)
      result.push_back(std::string{to_string(each.what)} + " " + each.channel
                       + " " + std::to_string(each.connection) + " " + each.user
                       + " " + each.reason);
    return result;
  }

  recording_member ann;
  recording_member bob;
  bus_log log;
  bus_actor bus = sys.spawn(obliging_bus, &log);
  bus_directory buses{{actor_ref<bus_actor>{bus}}};
  namespaces names = make_names();
  channel_table table{home, buses, names};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_record_tests, fixture)

CAF_TEST(publications are numbered and counted with their members) {
  const auto one = join(ann);
  publish("hi");
  const auto two = join(bob);
  publish("hello");
  const auto found = page();
  CAF_REQUIRE_EQUAL(found.publications.size(), 2u);
  CAF_CHECK_EQUAL(found.publications[0].number, 1u);
  CAF_CHECK_EQUAL(found.publications[0].members, 1u);
  CAF_CHECK_EQUAL(found.publications[0].bytes, 2u);
  CAF_CHECK_EQUAL(found.publications[1].number, 2u);
  CAF_CHECK_EQUAL(found.publications[1].members, 2u);
  CAF_CHECK_EQUAL(found.publications[1].dropped, 0u);
  CAF_CHECK(!found.publications[1].is_repaired);
  leave(one);
  leave(two);
}

CAF_TEST(a channel on which nothing was published keeps nothing) {
  const auto one = join(ann);
  const auto two = join(bob);
  leave(two);
  CAF_CHECK(page().marks.empty());
  CAF_CHECK(page().publications.empty());
  CAF_CHECK_EQUAL(home.record().ledgers.used(), 0u);
  leave(one);
  CAF_CHECK_EQUAL(page().members.size(), 0u);
}

CAF_TEST(a ledger ends with its channel) {
  const auto one = join(ann);
  publish("hi");
  CAF_CHECK(home.record().ledgers.used() > 0);
  leave(one);
  CAF_CHECK_EQUAL(home.record().ledgers.used(), 0u);
}

CAF_TEST(a member that joined later is known to have) {
  const auto one = join(ann);
  publish("1");
  publish("2");
  const auto two = join(bob);
  publish("3");
  CAF_CHECK_EQUAL(marks(), texts{"2 joined 92 "});
  const auto found = page("lobby", 10);
  CAF_REQUIRE_EQUAL(found.members.size(), 2u);
  CAF_CHECK_EQUAL(found.members[0].connection, 91u);
  CAF_CHECK_EQUAL(found.members[0].user, "ann");
  CAF_CHECK_EQUAL(found.members[0].since, 0u);
  CAF_CHECK_EQUAL(found.members[1].connection, 92u);
  CAF_CHECK_EQUAL(found.members[1].since, 2u);
  leave(one);
  leave(two);
}

CAF_TEST(members are told as far as they are asked for) {
  const auto one = join(ann);
  const auto two = join(bob);
  bob.queued = 77;
  CAF_CHECK_EQUAL(page("lobby", 0).members.size(), 0u);
  CAF_CHECK_EQUAL(page("lobby", 1).members.size(), 1u);
  const auto found = page("lobby", 10, 92);
  CAF_REQUIRE_EQUAL(found.members.size(), 1u);
  CAF_CHECK_EQUAL(found.members[0].connection, 92u);
  CAF_CHECK_EQUAL(found.members[0].queued_bytes, 77u);
  CAF_CHECK_EQUAL(page("lobby", 10, 5).members.size(), 0u);
  CAF_CHECK_EQUAL(page("attic", 10).members.size(), 0u);
  leave(one);
  leave(two);
}

CAF_TEST(a member that left is told with the reason) {
  const auto one = join(ann);
  const auto two = join(bob);
  publish("1");
  leave(two, close_reason::ping_timeout);
  const auto three = join(bob);
  leave(three, leave_cause::unsubscribed());
  CAF_CHECK_EQUAL(marks(), (texts{"1 left 92 ping_timeout", "1 joined 92 ",
                                  "1 left 92 unsubscribed"}));
  leave(one);
}

CAF_TEST(a full queue is marked once and counted each time) {
  const auto one = join(ann);
  const auto two = join(bob);
  publish("1");
  ann.ending = close_reason::slow_consumer;
  publish("2");
  publish("3");
  CAF_CHECK_EQUAL(marks(), texts{"2 dropped 91 slow_consumer"});
  CAF_CHECK_EQUAL(journal(), texts{"dropped lobby 91 ann slow_consumer"});
  const auto found = page();
  CAF_CHECK_EQUAL(found.publications[0].dropped, 0u);
  CAF_CHECK_EQUAL(found.publications[1].dropped, 1u);
  CAF_CHECK_EQUAL(found.publications[2].dropped, 1u);
  CAF_CHECK_EQUAL(found.publications[2].members, 2u);
  CAF_CHECK_EQUAL(home.record().meters.publications, 3u);
  CAF_CHECK_EQUAL(home.record().meters.deliveries, 4u);
  leave(one);
  leave(two);
}

CAF_TEST(a gap is marked and goes into the journal) {
  const auto one = join(ann);
  tell_gap(gap_reason::overflow);
  publish("1");
  tell_gap(gap_reason::link_deaf);
  CAF_CHECK_EQUAL(marks(), (texts{"0 gap 0 overflow", "1 gap 0 link_deaf"}));
  CAF_CHECK_EQUAL(journal(),
                  (texts{"gap lobby 0  overflow", "gap lobby 0  link_deaf"}));
  leave(one);
}

CAF_TEST(publications read from the history are marked as repaired) {
  const auto one = join(ann, "kept:lobby");
  deliver(keep("1"));
  keep("2");
  deliver(keep("3"));
  deliver(keep("4"));
  CAF_CHECK_EQUAL(ann.payloads, (texts{"1", "2", "3", "4"}));
  const auto found = page("kept:lobby");
  CAF_REQUIRE_EQUAL(found.publications.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    CAF_CHECK_EQUAL(found.publications[i].offset, i + 1);
    CAF_CHECK_EQUAL(found.publications[i].is_repaired, i == 1);
  }
  CAF_CHECK_EQUAL(marks("kept:lobby"), texts{"1 gap 0 jump"});
  CAF_CHECK_EQUAL(journal(),
                  (texts{"gap kept:lobby 0  jump", "repaired kept:lobby 0  "}));
  leave(one);
}

CAF_TEST(publications that cannot be read are recorded as lost) {
  const auto one = join(ann, "kept:lobby");
  deliver(keep("1"));
  log.epoch = "other";
  tell_gap(gap_reason::link_lost, "kept:lobby");
  CAF_CHECK_EQUAL(marks("kept:lobby"),
                  (texts{"1 gap 0 link_lost", "1 lost 0 new_epoch"}));
  CAF_CHECK_EQUAL(journal(), (texts{"gap kept:lobby 0  link_lost",
                                    "lost kept:lobby 0  new_epoch"}));
  leave(one);
}

CAF_TEST(a client that recovers counts as a member from its position) {
  const auto one = join(ann, "kept:lobby");
  for (const auto data : {"1", "2", "3", "4"})
    deliver(keep(data));
  const auto two = table.join(
    "kept:lobby", bob,
    std::make_unique<const stream_position>(stream_position{2, "e"}));
  settle();
  CAF_CHECK_EQUAL(bob.payloads, (texts{"3", "4"}));
  const auto found = page("kept:lobby", 10, 92);
  CAF_REQUIRE_EQUAL(found.members.size(), 1u);
  CAF_CHECK_EQUAL(found.members[0].since, 2u);
  CAF_CHECK_EQUAL(marks("kept:lobby"), texts{"4 joined 92 recovered"});
  leave(one);
  leave(two);
}

CAF_TEST(the time of a fan out counts from the bus) {
  const auto one = join(ann);
  const auto seen = std::chrono::steady_clock::now();
  tell({}, log.channels.at("lobby"),
       delivery{publication::make("lobby", "x", payload_kind::text), {}, seen});
  publish("of unknown age");
  std::uint64_t count = 0;
  const auto& times = home.record().meters.fan_out;
  for (std::size_t i = 0; i < latency_histogram::size; ++i)
    count += times.count(i);
  CAF_CHECK_EQUAL(count, 1u);
  leave(one);
}

CAF_TEST_FIXTURE_SCOPE_END()
