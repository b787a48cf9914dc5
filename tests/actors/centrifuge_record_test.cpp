#define CAF_SUITE centrifuge_record

#include "tests/actors/support/centrifuge_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : centrifuge_fixture {
  /// The journal in short, since the last call.
  texts journal() {
    texts result;
    journal_query query;
    query.after = seen;
    const auto page = home.record().journal.list(query);
    seen = page.last;
    for (const auto& each : page.entries)
      result.push_back(std::string{to_string(each.what)} + "|" + each.user + "|"
                       + each.channel + "|" + std::to_string(each.code) + "|"
                       + each.reason);
    return result;
  }

  std::uint64_t open_connections() {
    return home.record().meters.connections["centrifuge"];
  }

  std::uint64_t seen = 0;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_record_tests, fixture)

CAF_TEST(the way of a client is written down) {
  const auto ann = user("ann");
  say(ann, R"({"id":2,"subscribe":{"channel":"chat"}})");
  say(ann, R"({"id":3,"unsubscribe":{"channel":"chat"}})");
  ann->closed(close_reason::peer_gone);
  CAF_CHECK_EQUAL(
    journal(), (texts{"connected|ann||0|", "subscribed|ann|chat|0|",
                      "unsubscribed|ann|chat|0|", "closed|ann||0|peer_gone"}));
}

CAF_TEST(entries name the connection and its address) {
  const auto ann = user("ann");
  const auto entry = home.record().journal.list({}).entries.front();
  CAF_CHECK_EQUAL(entry.connection, ann.pointer()->id());
  CAF_CHECK_EQUAL(entry.remote_address, "127.0.0.9");
}

CAF_TEST(a refused connection is recorded with the code for the client) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{"token":"expired"}})");
  CAF_CHECK_EQUAL(journal(),
                  texts{"refused|ann||109|token expired: exp is over"});
  const auto bob = start();
  say(bob, R"({"id":1,"connect":{"token":"nonsense"}})");
  bob->closed(*bob->box.closed_with);
  CAF_CHECK_EQUAL(journal(), (texts{"refused|||3500|invalid token: not known",
                                    "closed|||3500|invalid token"}));
}

CAF_TEST(a refused subscription is written down) {
  const auto ann = user("ann");
  journal();
  say(ann, R"({"id":2,"subscribe":{"channel":"closed:vip"}})");
  say(ann,
      R"({"id":3,"subscribe":{"channel":"closed:vip","token":"expired"}})");
  say(ann, R"({"id":4,"subscribe":{"channel":"nowhere:x"}})");
  CAF_CHECK_EQUAL(
    journal(), (texts{"refused|ann|closed:vip|103|permission denied",
                      "refused|ann|closed:vip|109|token expired: exp is over",
                      "refused|ann|nowhere:x|102|unknown channel"}));
}

CAF_TEST(a connection that the server ends is recorded with its code) {
  const auto ann = user("ann");
  say(ann, R"({"id":2,"subscribe":{"channel":"chat"}})");
  journal();
  ann->carry_out({"ann", {}, unsubscribe_action{"chat"}});
  ann->closed(close_reason::slow_consumer);
  CAF_CHECK_EQUAL(journal(),
                  (texts{"unsubscribed|ann|chat|2000|server unsubscribe",
                         "closed|ann||3008|slow"}));
}

CAF_TEST(no token is ever written down) {
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{"token":"s3cr3t"}})");
  const auto bob = user("bob");
  say(bob, R"({"id":2,"subscribe":{"channel":"closed:x","token":"s3cr3t"}})");
  CAF_CHECK(!home.record().journal.list({}).entries.empty());
  for (const auto& each : home.record().journal.list({}).entries)
    for (const auto* text :
         {&each.user, &each.channel, &each.remote_address, &each.reason})
      CAF_CHECK(text->find("s3cr3t") == text->npos);
}

CAF_TEST(open connections are counted) {
  const auto ann = start();
  const auto bob = user("bob");
  CAF_CHECK_EQUAL(open_connections(), 2u);
  ann->closed(close_reason::stale);
  CAF_CHECK_EQUAL(open_connections(), 1u);
  bob->closed(close_reason::normal);
  CAF_CHECK_EQUAL(open_connections(), 0u);
}

CAF_TEST(a full queue is for the channel to know) {
  const auto ann = user("ann");
  say(ann, R"({"id":2,"subscribe":{"channel":"chat"}})");
  publish("chat", "1");
  ann->box.is_full = true;
  publish("chat", "2");
  ann->closed(close_reason::slow_consumer);
  const auto bob = user("bob");
  say(bob, R"({"id":2,"subscribe":{"channel":"chat"}})");
  bob->box.is_full = true;
  publish("chat", "3");
  const auto page = table.look_up({"chat", 10});
  CAF_REQUIRE_EQUAL(page.publications.size(), 1u);
  CAF_CHECK_EQUAL(page.publications.front().dropped, 1u);
  CAF_REQUIRE_EQUAL(page.members.size(), 1u);
  CAF_CHECK_EQUAL(page.members.front().user, "bob");
  CAF_CHECK_EQUAL(page.members.front().queued_bytes, 7u);
  CAF_REQUIRE_EQUAL(page.marks.size(), 1u);
  CAF_CHECK_EQUAL(page.marks.front().detail, "slow_consumer");
}

CAF_TEST(channels record why a client left them) {
  const auto ann = user("ann");
  const auto bob = user("bob");
  const auto eve = user("eve");
  for (const auto& each : {ann, bob, eve})
    say(each, R"({"id":2,"subscribe":{"channel":"chat"}})");
  publish("chat", "1");
  say(ann, R"({"id":3,"unsubscribe":{"channel":"chat"}})");
  bob->closed(close_reason::memory_pressure);
  settle();
  const auto marks = table.look_up({"chat"}).marks;
  CAF_REQUIRE_EQUAL(marks.size(), 2u);
  CAF_CHECK(marks[0].what == mark_kind::left);
  CAF_CHECK_EQUAL(marks[0].connection, ann.pointer()->id());
  CAF_CHECK_EQUAL(marks[0].detail, "unsubscribed");
  CAF_CHECK_EQUAL(marks[1].connection, bob.pointer()->id());
  CAF_CHECK_EQUAL(marks[1].detail, "memory_pressure");
}

CAF_TEST_FIXTURE_SCOPE_END()
