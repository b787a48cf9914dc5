#define CAF_SUITE bus_contract

#include "tests/cluster/support/every_bus.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;

namespace {

/// Small enough for a test to fill.
constexpr std::size_t small_backlog = 4096;

using events = std::vector<std::string>;

} // namespace

CAF_TEST(a publication reaches every loop once and comes back to its own) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    auto& bob = rig.new_log();
    rig.want_on(0, "lobby", ann);
    rig.want_on(1, "lobby", bob);
    CAF_REQUIRE(ann.await("confirm") && bob.await("confirm"));
    rig.publish("lobby", "hi");
    rig.publish("lobby", "end");
    CAF_REQUIRE(ann.await("end") && bob.await("end"));
    CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "hi", "end"}));
    CAF_CHECK_EQUAL(bob.events(), (events{"confirm", "hi", "end"}));
  });
}

CAF_TEST(publications arrive with their kind and bytes) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    rig.want_on(1, "lobby", ann);
    CAF_REQUIRE(ann.await("confirm"));
    rig.publish("lobby", "text");
    rig.publish("lobby", "bytes", payload_kind::binary);
    rig.publish("lobby", "");
    rig.publish("lobby", "\xFFRKY\x01", payload_kind::binary);
    CAF_REQUIRE(ann.await_size(5));
    CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "text", "binary:bytes", "",
                                          "binary:\xFFRKY\x01"}));
  });
}

CAF_TEST(the order of a channel is the same on all loops) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    auto& bob = rig.new_log();
    rig.want_on(0, "lobby", ann);
    rig.want_on(1, "lobby", bob);
    CAF_REQUIRE(ann.await("confirm") && bob.await("confirm"));
    constexpr auto each = 200;
    std::vector<std::thread> others;
    for (auto name : {"a", "b"})
      others.emplace_back([&rig, name] {
        for (auto i = 0; i < each; ++i)
          caf::anon_send(
            rig.buses->owner_of("lobby").handle(),
            publish_command{publication::make("lobby", name + std::to_string(i),
                                              payload_kind::text),
                            0, acknowledge::on_problem, charge{}});
      });
    for (auto& other : others)
      other.join();
    CAF_REQUIRE(ann.await_size(2 * each + 1) && bob.await_size(2 * each + 1));
    CAF_CHECK(ann.events() == bob.events());
    auto last_a = -1;
    for (const auto& event : ann.events())
      if (event[0] == 'a') {
        CAF_CHECK(std::stoi(event.substr(1)) > last_a);
        last_a = std::stoi(event.substr(1));
      }
    CAF_CHECK_EQUAL(last_a, each - 1);
  });
}

CAF_TEST(a later subscriber is confirmed and gets later publications) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    auto& bob = rig.new_log();
    rig.want_on(0, "lobby", ann);
    CAF_REQUIRE(ann.await("confirm"));
    rig.publish("lobby", "early");
    CAF_REQUIRE(ann.await("early"));
    rig.want_on(1, "lobby", bob);
    CAF_REQUIRE(bob.await("confirm"));
    rig.publish("lobby", "late");
    CAF_REQUIRE(bob.await("late"));
    CAF_CHECK_EQUAL(bob.events(), (events{"confirm", "late"}));
  });
}

CAF_TEST(an unwant stops the deliveries of its loop alone) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    auto& bob = rig.new_log();
    rig.want_on(0, "lobby", ann);
    rig.want_on(1, "lobby", bob);
    CAF_REQUIRE(ann.await("confirm") && bob.await("confirm"));
    rig.unwant_on(0, "lobby");
    rig.publish("lobby", "hi");
    CAF_REQUIRE(bob.await("hi"));
    rig.on_loop(0, [] {});
    CAF_CHECK_EQUAL(ann.events(), events{"confirm"});
  });
}

CAF_TEST(an old unwant after a newer want is ignored) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    rig.want_on(1, "lobby", ann, 1);
    rig.want_on(1, "lobby", ann, 3);
    rig.unwant_on(1, "lobby", 2);
    rig.publish("lobby", "hi");
    CAF_CHECK(ann.await("confirm"));
    rig.publish("lobby", "still here");
    CAF_CHECK(ann.await("still here"));
  });
}

CAF_TEST(channels do not hear each other) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    auto& bob = rig.new_log();
    rig.want_on(0, "lobby", ann);
    rig.want_on(0, "attic", bob);
    CAF_REQUIRE(ann.await("confirm") && bob.await("confirm"));
    rig.publish("lobby", "for ann");
    rig.publish("attic", "for bob");
    CAF_REQUIRE(ann.await("for ann") && bob.await("for bob"));
    CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "for ann"}));
    CAF_CHECK_EQUAL(bob.events(), (events{"confirm", "for bob"}));
  });
}

CAF_TEST(every publish that asks is answered with its ticket) {
  with_every_bus([](bus_rig& rig) {
    rig.publish("lobby", "quiet", payload_kind::text, acknowledge::on_problem);
    rig.publish("lobby", "loud");
    rig.publish("lobby", "louder");
    CAF_CHECK_EQUAL(rig.outcome(), "2:accepted");
    CAF_CHECK_EQUAL(rig.outcome(), "3:accepted");
  });
}

CAF_TEST(sent and received publications are recorded and counted) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    auto& bob = rig.new_log();
    rig.want_on(0, "lobby", ann);
    rig.want_on(1, "lobby", bob);
    CAF_REQUIRE(ann.await("confirm") && bob.await("confirm"));
    rig.publish("lobby", "hello");
    CAF_CHECK_EQUAL(rig.outcome(), "1:accepted");
    CAF_REQUIRE(ann.await("hello"));
    const auto& bus = rig.buses->owner_of("lobby");
    const auto fail = [](const caf::error& problem) { CAF_FAIL(problem); };
    (*rig.self)
      ->request(bus.handle(), caf::infinite, bus_ledger_query{"lobby"})
      .receive(
        [](const bus_ledger_page& page) {
          CAF_REQUIRE_EQUAL(page.published.size(), 1u);
          CAF_CHECK_EQUAL(page.published[0].bytes, 5u);
          CAF_CHECK(page.published[0].verdict == publish_verdict::accepted);
          CAF_REQUIRE_EQUAL(page.received.size(), 1u);
          CAF_CHECK_EQUAL(page.received[0].bytes, 5u);
          CAF_CHECK_EQUAL(page.received[0].loops, 2u);
          CAF_CHECK_EQUAL(page.received[0].dropped, 0u);
          CAF_CHECK(page.received[0].at >= page.published[0].at);
        },
        fail);
    (*rig.self)
      ->request(bus.handle(), caf::infinite, bus_ledger_query{"attic"})
      .receive(
        [](const bus_ledger_page& page) {
          CAF_CHECK(page.published.empty() && page.received.empty());
        },
        fail);
    (*rig.self)
      ->request(bus.handle(), caf::infinite, meters_atom_v)
      .receive(
        [](const bus_meters& meters) {
          CAF_CHECK_EQUAL(meters.published, 1u);
          CAF_CHECK_EQUAL(meters.received, 1u);
        },
        fail);
  });
}

CAF_TEST(a flush is answered after everything published before) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    rig.want_on(0, "lobby", ann);
    CAF_REQUIRE(ann.await("confirm"));
    for (auto i = 0; i < 50; ++i)
      rig.publish("lobby", std::to_string(i));
    CAF_CHECK(rig.flush("lobby"));
    CAF_CHECK(ann.await_size(51));
    for (auto i = 1; i <= 50; ++i)
      CAF_CHECK_EQUAL(rig.outcome(), std::to_string(i) + ":accepted");
  });
}

CAF_TEST(a loop that falls behind is told one gap and goes on) {
  with_every_bus(
    [](bus_rig& rig) {
      auto& slow = rig.new_log();
      auto& quick = rig.new_log();
      auto recorder = rig.want_on(1, "lobby", slow);
      rig.want_on(0, "lobby", quick);
      CAF_REQUIRE(slow.await("confirm") && quick.await("confirm"));
      auto& actor = *static_cast<recording_channel*>(
        caf::actor_cast<caf::abstract_actor*>(recorder.handle()));
      rig.on_loop(1, [&] { actor.keeps = true; });
      rig.publish("lobby", std::string(2 * small_backlog, 'x'));
      CAF_REQUIRE(slow.await_size(2));
      rig.publish("lobby", "lost");
      CAF_REQUIRE(quick.await("lost"));
      rig.on_loop(1, [&] { actor.kept.clear(); });
      CAF_REQUIRE(slow.await("gap:overflow"));
      rig.publish("lobby", "after");
      CAF_REQUIRE(slow.await("after"));
      const auto seen = slow.events();
      CAF_REQUIRE_EQUAL(seen.size(), 4u);
      CAF_CHECK_EQUAL(seen[2], "gap:overflow");
      CAF_CHECK_EQUAL(seen[3], "after");
    },
    small_backlog);
}
