#define CAF_SUITE redis_drift

#include "cluster/redis/redis_parser.hpp"
#include "tests/cluster/support/bridge_fixture.hpp"

#include <map>
#include <optional>
#include <string>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

std::string bulk(std::string_view text) {
  return "$" + std::to_string(text.size()) + "\r\n" + std::string{text}
         + "\r\n";
}

struct fixture : bridge_fixture {
  fixture() {
    for (const auto* name : {"lobby", "news"})
      self->send(bridge, want{name, 0, 1, ann_actor});
    sched.run();
    redis.bring_up();
    sched.run();
    // The probe of the new link.
    redis.answer();
    for (const auto* name : {"p:lobby", "p:news"})
      redis.subscribe_side->confirmed(name);
    sched.run();
    ann.clear();
  }

  /// Plays Redis for the oldest command: a query for counts gets the subscribed
  /// names, one name per query.
  void answer_counts() {
    const auto command = redis.calls.back();
    redis.calls.pop_back();
    for (const auto& [name, count] : subscribers) {
      if (command.find(bulk(name)) == std::string::npos)
        continue;
      redis_parser parser{redis_reply::limits{}};
      parser.feed("*2\r\n" + bulk(name) + ":" + std::to_string(count) + "\r\n");
      CAF_REQUIRE(parser.next() == redis_parser::result::reply);
      redis.answer({.reply = &parser.current()});
      sched.run();
      return;
    }
    CAF_FAIL("asked for something else: " << command);
  }

  std::optional<drift_report> check(bool renews) {
    auto pending = self->request(bridge, caf::infinite, drift_query{renews});
    sched.run();
    while (!redis.calls.empty())
      answer_counts();
    std::optional<drift_report> result;
    pending.receive([&](drift_report& report) { result = std::move(report); },
                    [](const caf::error&) {});
    return result;
  }

  std::map<std::string, int> subscribers{
    {std::string{probe}, 1}, {"p:lobby", 1}, {"p:news", 2}};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(redis_drift_tests, fixture)

CAF_TEST(no subscription is missing if Redis knows all) {
  const auto report = check(false);
  CAF_REQUIRE(report);
  CAF_CHECK_EQUAL(report->checked, 3u);
  CAF_CHECK_EQUAL(report->missing_total, 0u);
}

CAF_TEST(a subscription that Redis does not know is named and left alone) {
  subscribers["p:lobby"] = 0;
  const auto report = check(false);
  CAF_REQUIRE(report);
  CAF_CHECK_EQUAL(report->missing_total, 1u);
  CAF_CHECK(report->missing == std::vector<std::string>{"lobby"});
  CAF_CHECK_EQUAL(report->renewed, 0u);
  CAF_CHECK(redis.renewed.empty());
}

CAF_TEST(a reconciled channel is subscribed anew and told of its gap) {
  subscribers["p:lobby"] = 0;
  const auto report = check(true);
  CAF_REQUIRE(report);
  CAF_CHECK_EQUAL(report->renewed, 1u);
  CAF_CHECK(redis.renewed == std::vector<std::string>{"p:lobby"});
  redis.subscribe_side->confirmed("p:lobby");
  sched.run();
  CAF_CHECK(ann == channel_record{"gap:link_deaf"});
}

CAF_TEST(a check that Redis does not answer fails) {
  auto pending = self->request(bridge, caf::infinite, drift_query{});
  sched.run();
  redis.calls.clear();
  redis.answer(publish_verdict::unknown, publish_problem::link_lost);
  sched.run();
  auto has_failed = false;
  pending.receive([](const drift_report&) { CAF_FAIL("a report"); },
                  [&](const caf::error&) { has_failed = true; });
  CAF_CHECK(has_failed);
  CAF_CHECK(check(false));
}

CAF_TEST_FIXTURE_SCOPE_END()
