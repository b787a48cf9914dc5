#define CAF_SUITE centrifuge_control

#include "tests/actors/support/centrifuge_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

/// A client that backends control.
struct fixture : centrifuge_fixture {
  template <class Action>
  texts command(Action action) {
    services.shared.clients.carry_out({"ann", "", std::move(action)});
    settle();
    return heard(ann);
  }

  client_ptr ann = user("ann");
};

subscribe_action to_channel(std::string name) {
  subscribe_action result;
  result.channel = std::move(name);
  return result;
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_control_tests, fixture)

CAF_TEST(a client is known from its connect command to its end) {
  const auto& clients = services.shared.clients;
  CAF_CHECK_EQUAL(clients.size(), 1u);
  const auto waiting = start();
  CAF_CHECK_EQUAL(clients.size(), 1u);
  const auto bob = user("bob");
  CAF_CHECK_EQUAL(clients.size(), 2u);
  bob->closed(close_reason::peer_gone);
  settle();
  CAF_CHECK_EQUAL(clients.size(), 1u);
  std::erase_if(this->clients,
                [&](const auto& each) { return each.get() == bob.get(); });
}

CAF_TEST(the server subscribes a client to channels closed to clients) {
  auto action = to_channel("closed:a");
  action.grant.data = {R"({"hi":1})", true};
  CAF_CHECK_EQUAL(
    command(action),
    texts{R"({"push":{"channel":"closed:a","subscribe":{"data":{"hi":1}}}})"});
  publish("closed:a", "1");
  CAF_CHECK_EQUAL(heard(ann),
                  texts{R"({"push":{"channel":"closed:a","pub":{"data":1}}})"});
  CAF_CHECK(command(action).empty());
}

CAF_TEST(a client goes on where the server says) {
  keep("kept:a", "1");
  keep("kept:a", "2");
  auto action = to_channel("kept:a");
  action.since = stream_position{1, "e"};
  const auto frames = command(action);
  CAF_REQUIRE_EQUAL(frames.size(), 2u);
  CAF_CHECK(frames[0].find(R"("offset":1)") != std::string::npos);
  CAF_CHECK(frames[1].find(R"("pub":{"data":2,"offset":2})")
            != std::string::npos);
}

CAF_TEST(a connection ends with the time of a subscription of the server) {
  auto action = to_channel("a");
  action.expires_at = clock.time + std::chrono::seconds{10};
  command(action);
  pass(std::chrono::seconds{30});
  ann->ping_due();
  CAF_CHECK(!ann->box.closed_with);
  pass(std::chrono::seconds{10});
  ann->ping_due();
  CAF_CHECK(is_closed(ann, 3006));
}

CAF_TEST(the server shows the presence of clients that it subscribes) {
  auto action = to_channel("seen:a");
  action.grant.info = {"7", true};
  command(action);
  CAF_REQUIRE_EQUAL(log.entered.size(), 1u);
  CAF_CHECK_EQUAL(log.entered[0].who.info.chan_info, "7");
  command(unsubscribe_action{"seen:a"});
  CAF_CHECK_EQUAL(log.left.size(), 1u);
}

CAF_TEST(the server ends a subscription) {
  say(ann, R"({"id":2,"subscribe":{"channel":"a"}})");
  heard(ann);
  const texts told{R"({"push":{"channel":"a","unsubscribe":)"
                   R"({"code":2000,"reason":"server unsubscribe"}}})"};
  CAF_CHECK_EQUAL(command(unsubscribe_action{"a"}), told);
  CAF_CHECK(command(unsubscribe_action{"a"}).empty());
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(a subscription that still waits for its channel can be ended) {
  log.confirms = false;
  say(ann, R"({"id":2,"subscribe":{"channel":"a"}})");
  const auto frames = command(unsubscribe_action{"a"});
  CAF_REQUIRE_EQUAL(frames.size(), 2u);
  CAF_CHECK_EQUAL(frames[0], R"({"id":2,"subscribe":{}})");
  CAF_CHECK_EQUAL(table.size(), 0u);
}

CAF_TEST(the server closes a connection with its own words) {
  disconnect_action action;
  action.how = {4321, "for a reason"};
  command(action);
  CAF_REQUIRE(ann->box.closed_with == close_reason::dictated);
  const auto status = ann->status_for(close_reason::dictated);
  CAF_CHECK_EQUAL(status.code, 4321);
  CAF_CHECK_EQUAL(status.text, "for a reason");
}

CAF_TEST(clients that are excepted stay) {
  disconnect_action action;
  action.except.emplace_back(ann->client_id());
  command(action);
  CAF_CHECK(!ann->box.closed_with);
}

CAF_TEST(the server ends a connection as expired) {
  command(refresh_action{false, std::nullopt});
  CAF_CHECK(!ann->box.closed_with);
  command(refresh_action{true, std::nullopt});
  CAF_CHECK(ann->box.closed_with == close_reason::connection_expired);
}

CAF_TEST_FIXTURE_SCOPE_END()
