#define CAF_SUITE history_repair

#include "actors/channel/channel_table.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/channel/member.hpp"
#include "actors/channel/namespaces.hpp"
#include "tests/cluster/support/bus_rig.hpp"
#include "tests/cluster/support/redis_server.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using events = std::vector<std::string>;

/// A member that records its messages, on its loop's thread.
class logging_member final : public member {
public:
  explicit logging_member(line_log& log) : log_{log} {}

  void subscribed(subscription&, const member_entry& how) override {
    log_.add("in");
    for (const auto& each : how.missed)
      log_.add(std::string{each->data()});
  }

  bool deliver(subscription&, frame_cache& frames) override {
    log_.add(std::string{frames.what().data()});
    return true;
  }

  bool has_room() override { return true; }

  void failed(std::string_view, std::string_view) noexcept override {}

  void missed(subscription&, gap_reason reason) override {
    log_.add("gap:" + std::string{to_string(reason)});
  }

  member_facts facts() const override { return {}; }

private:
  line_log& log_;
};

/// A bridge whose channels keep a history, and a member on each of two loops.
struct fixture {
  fixture() {
    options.server = {"", "", "127.0.0.1", redis.port()};
    rig.emplace(redis_bridges(make_bridge_options("h:"), options, health));
    for (unsigned i = 0; i < 2; ++i) {
      auto& log = rig->new_log();
      logs.push_back(&log);
      members.push_back(std::make_unique<logging_member>(log));
      rig->on_loop(i, [&, i] {
        tables.push_back(std::make_unique<channel_table>(rig->parts[i]->actors,
                                                         *rig->buses, names));
        places.push_back(tables[i]->join("lobby", *members[i]));
      });
    }
    CAF_REQUIRE(eventually([this] { return health.is_ready(); }));
    CAF_REQUIRE(everybody_gets("in"));
  }

  ~fixture() {
    for (unsigned i = 0; i < 2; ++i)
      rig->on_loop(i, [&, i] { tables[i]->leave(places[i]); });
    for (unsigned i = 0; i < 2; ++i)
      rig->on_loop(i, [] {});
    rig.reset();
  }

  /// Returns true if the bus accepted it.
  bool publish(std::string_view data) {
    return rig->publish_with({history_of(names.of("lobby")), {}}, "lobby", data)
             .verdict
           == publish_verdict::accepted;
  }

  bool everybody_gets(const std::string& what) {
    return logs[0]->await(what) && logs[1]->await(what);
  }

  /// The number of history reads by the channel's actor on that loop.
  std::int64_t reads_of(unsigned index) {
    std::int64_t result = -1;
    rig->on_loop(index, [&, this] {
      const auto seen = places[index]->entry->actor.inline_target()->inspect();
      for (const auto& each : seen.facts)
        if (each.name == "reads")
          result = std::get<std::int64_t>(each.value);
    });
    return result;
  }

  void deafen() { redis.command({"CLIENT", "KILL", "TYPE", "pubsub"}); }

  redis_server redis;
  redis_options options;
  bus_health health;
  namespaces names{channel_options{1000, 1min}, {}};
  std::vector<line_log*> logs;
  std::vector<std::unique_ptr<logging_member>> members;
  std::vector<std::unique_ptr<channel_table>> tables;
  std::vector<subscription_ptr> places;
  std::optional<bus_rig> rig;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(history_repair_tests, fixture)

CAF_TEST(publications while the link was away are repaired unseen) {
  events expected{"in"};
  for (auto i = 0; i < 200; ++i) {
    if (i % 40 == 20)
      deafen();
    const auto text = std::to_string(i);
    CAF_REQUIRE(publish(text));
    expected.push_back(text);
  }
  CAF_REQUIRE(everybody_gets("199"));
  CAF_CHECK_EQUAL(logs[0]->events(), expected);
  CAF_CHECK_EQUAL(logs[1]->events(), expected);
}

CAF_TEST(a loss is repaired even if no publication follows) {
  CAF_REQUIRE(publish("before"));
  CAF_REQUIRE(everybody_gets("before"));
  deafen();
  CAF_REQUIRE(publish("lost"));
  CAF_REQUIRE(everybody_gets("lost"));
  CAF_CHECK_EQUAL(logs[0]->events(), (events{"in", "before", "lost"}));
}

CAF_TEST(a history that is gone is told and goes on) {
  redis.command({"FLUSHALL"});
  CAF_REQUIRE(publish("anew"));
  CAF_REQUIRE(everybody_gets("gap:new_epoch"));
  CAF_REQUIRE(publish("next"));
  CAF_REQUIRE(everybody_gets("next"));
  for (const auto* log : logs)
    CAF_CHECK_EQUAL(log->events(), (events{"in", "gap:new_epoch", "next"}));
}

CAF_TEST(a position that has moved back is found when the link comes back) {
  for (const auto* text : {"a", "b", "c"})
    CAF_REQUIRE(publish(text));
  CAF_REQUIRE(everybody_gets("c"));
  redis.command({"HSET", "h:rookery:pos:{lobby}", "o", "2"});
  redis.command({"DEL", "h:rookery:log:{lobby}"});
  deafen();
  CAF_REQUIRE(everybody_gets("gap:new_epoch"));
  CAF_REQUIRE(publish("anew"));
  CAF_REQUIRE(everybody_gets("anew"));
}

CAF_TEST(a member that comes back to a subscribed channel costs one read) {
  CAF_REQUIRE(publish("a"));
  CAF_REQUIRE(publish("b"));
  CAF_REQUIRE(everybody_gets("b"));
  rig->on_loop(0, [this] {
    tables[0]->leave(places[0]);
    places[0] = tables[0]->join(
      "lobby", *members[0],
      std::make_unique<const stream_position>(stream_position{1, {}}));
  });
  CAF_REQUIRE(publish("c"));
  CAF_REQUIRE(everybody_gets("c"));
  CAF_CHECK_EQUAL(logs[0]->events(), (events{"in", "a", "b", "in", "b", "c"}));
  CAF_CHECK_EQUAL(reads_of(0), 1);
}

CAF_TEST_FIXTURE_SCOPE_END()
