#define CAF_SUITE plain_record

#include "actors/channel/bus_access.hpp"
#include "actors/channel/channel_table.hpp"
#include "actors/client/client_credits.hpp"
#include "actors/plain/plain_connection.hpp"
#include "tests/actors/support/loop_fixture.hpp"
#include "tests/actors/support/obliging_bus.hpp"
#include "tests/actors/support/recording_outbox.hpp"
#include "tests/actors/support/tested_plain.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

using texts = std::vector<std::string>;

struct fixture : loop_fixture {
  ~fixture() override {
    log.channels.clear();
    caf::anon_send_exit(bus, caf::exit_reason::kill);
    settle();
  }

  light_ptr<tested_plain> start(plain_form form = plain_form::websocket,
                                std::string user = {}) {
    plain_request asked{"lobby", form, ""};
    if (!user.empty())
      asked.pass = std::make_unique<plain_pass>(
        plain_pass{std::move(user), "c1", std::nullopt});
    auto result = spawn_light<tested_plain>(home, services, std::move(asked));
    result->begin();
    return result;
  }

  texts journal() {
    texts result;
    for (const auto& each : home.record().journal.list({}).entries)
      result.push_back(std::string{to_string(each.what)} + "|" + each.user + "|"
                       + each.channel + "|" + each.remote_address + "|"
                       + std::to_string(each.code) + "|" + each.reason);
    return result;
  }

  std::uint64_t open(std::string_view protocol) {
    return home.record().meters.connections[protocol];
  }

  bus_log log;
  bus_actor bus = sys.spawn(obliging_bus, &log);
  bus_directory buses{{actor_ref<bus_actor>{bus}}};
  namespaces names;
  channel_table table{home, buses, names};
  bus_access access{buses, names};
  client_credits credits{{}, [] {}};
  loop_services services{home, table, access, credits};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(plain_record_tests, fixture)

CAF_TEST(the way of a client is written down) {
  const auto ann = start(plain_form::websocket, "ann");
  settle();
  ann->closed(close_reason::ping_timeout);
  CAF_CHECK_EQUAL(
    journal(),
    (texts{"connected|ann|lobby|127.0.0.9|0|", "subscribed|ann|lobby||0|",
           "closed|ann|lobby|127.0.0.9|1001|no pong"}));
}

CAF_TEST(a client that is let in late may have missed something) {
  log.confirms = false;
  const auto ann = start();
  settle();
  ann->open_overdue();
  tell({}, log.channels.at("lobby"), confirm_atom_v);
  ann->closed(close_reason::peer_gone);
  CAF_CHECK_EQUAL(
    journal(), (texts{"connected||lobby|127.0.0.9|0|", "subscribed||lobby||0|",
                      "gap||lobby||0|late_subscription",
                      "closed||lobby|127.0.0.9|0|peer_gone"}));
}

CAF_TEST(open connections are counted by protocol) {
  const auto ann = start();
  const auto bob = start(plain_form::sse);
  CAF_CHECK_EQUAL(open("plain"), 1u);
  CAF_CHECK_EQUAL(open("sse"), 1u);
  settle();
  ann->closed(close_reason::normal);
  bob->closed(close_reason::normal);
  CAF_CHECK_EQUAL(open("plain"), 0u);
  CAF_CHECK_EQUAL(open("sse"), 0u);
}

CAF_TEST(a full queue is for the channel to know) {
  const auto ann = start();
  const auto bob = start();
  settle();
  ann->box.is_full = true;
  tell({}, log.channels.at("lobby"),
       delivery{publication::make("lobby", "hi", payload_kind::text), {}});
  const auto page = table.look_up({"lobby"});
  CAF_REQUIRE_EQUAL(page.publications.size(), 1u);
  CAF_CHECK_EQUAL(page.publications.front().members, 2u);
  CAF_CHECK_EQUAL(page.publications.front().dropped, 1u);
  CAF_REQUIRE_EQUAL(page.marks.size(), 1u);
  CAF_CHECK(page.marks.front().what == mark_kind::dropped);
  CAF_CHECK_EQUAL(page.marks.front().connection, ann.pointer()->id());
  ann->closed(close_reason::slow_consumer);
  bob->closed(close_reason::normal);
}

CAF_TEST_FIXTURE_SCOPE_END()
