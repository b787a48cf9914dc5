#define CAF_SUITE bus_credits

#include "tests/cluster/support/every_bus.hpp"

#include <caf/test/unit_test.hpp>

#include <atomic>
#include <future>

using namespace rookery;
using namespace rookery::test;

namespace {

/// A lender that counts the credits that have not come back.
struct lender final : credit_source {
  void give_back(const caf::strong_actor_ptr&,
                 std::uint32_t) noexcept override {
    --lent;
  }

  credit lend() {
    ++lent;
    return {*this, {}, 1};
  }

  std::atomic<int> lent{0};
};

/// Sends the bus one message of each kind that carries credit.
void send_all(bus_rig& rig, lender& from, const std::string& channel) {
  const auto& bus = rig.buses->owner_of(channel).handle();
  auto& self = *rig.self;
  publish_terms terms;
  terms.history = {100, std::chrono::minutes{1}};
  self->send(bus, publish_command{
                    publication::make(channel, "plain", payload_kind::text),
                    1,
                    acknowledge::always,
                    charge{},
                    {},
                    from.lend()});
  self->send(
    bus, publish_command{publication::make(channel, "kept", payload_kind::text),
                         2, acknowledge::always, charge{}, terms, from.lend()});
  self->send(bus, history_query{channel, {}, 3, from.lend()});
  self->send(bus, presence_enter{channel, {"c1", {}}, true, from.lend()});
  self->send(bus, presence_query{channel, 10, 4, from.lend()});
  self->send(bus, presence_leave{channel, "c1", true, from.lend()});
  self->send(bus, unwant{channel, 0, 1000, from.lend()});
}

} // namespace

CAF_TEST(credits come back once their commands are carried out) {
  with_every_bus([](bus_rig& rig) {
    lender from;
    auto& ann = rig.new_log();
    rig.want_on(0, "lobby", ann);
    send_all(rig, from, "lobby");
    for (auto i = 0; i < 4; ++i)
      (*rig.self)->receive([](const publish_outcome&) {},
                           [](const history_answer&) {},
                           [](const presence_answer&) {});
    CAF_CHECK(eventually([&] { return from.lent == 0; }));
  });
}

CAF_TEST(no credit outlives a bus that is still referred to) {
  with_every_bus([](bus_rig& rig) {
    lender from;
    auto& ann = rig.new_log();
    rig.want_on(0, "c0", ann);
    CAF_REQUIRE(ann.await("confirm"));
    for (auto i = 0; i < 50; ++i)
      send_all(rig, from, "c" + std::to_string(i));
    rig.end();
    CAF_CHECK_EQUAL(from.lent.load(), 0);
  });
}

CAF_TEST(credits in the mailbox of a bus come back at its end) {
  with_every_bus([](bus_rig& rig) {
    lender from;
    std::promise<void> go_on;
    const auto gate = go_on.get_future().share();
    for (auto& each : rig.parts)
      each->io.post([gate] { gate.wait(); });
    for (auto i = 0; i < 50; ++i)
      send_all(rig, from, "c" + std::to_string(i));
    for (const auto& each : rig.buses->all())
      caf::anon_send_exit(each.handle(), caf::exit_reason::kill);
    go_on.set_value();
    rig.end();
    CAF_CHECK_EQUAL(from.lent.load(), 0);
  });
}
