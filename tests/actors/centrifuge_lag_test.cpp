#define CAF_SUITE centrifuge_lag

#include "tests/actors/support/centrifuge_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : centrifuge_fixture {
  /// Publishes `count` numbers into the history.
  void fill(const std::string& channel, int count) {
    for (auto i = 1; i <= count; ++i)
      keep(channel, std::to_string(i));
  }

  void make_room(const client_ptr& client) {
    client->box.congested = false;
    client->writable();
    settle();
  }

  static std::string pub(const std::string& channel, int number) {
    const auto text = std::to_string(number);
    return R"({"push":{"channel":")" + channel + R"(","pub":{"data":)" + text
           + R"(,"offset":)" + text + "}}}";
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(centrifuge_lag_tests, fixture)

CAF_TEST(publications wait for a client without room and come in order) {
  const auto ann = connected();
  ask(ann, R"({"id":2,"subscribe":{"channel":"kept:a"}})");
  ann->box.congested = true;
  fill("kept:a", 2);
  CAF_CHECK(heard(ann).empty());
  make_room(ann);
  CAF_CHECK_EQUAL(heard(ann), (texts{pub("kept:a", 1), pub("kept:a", 2)}));
  keep("kept:a", "3");
  CAF_CHECK_EQUAL(heard(ann), texts{pub("kept:a", 3)});
}

CAF_TEST(channels without a history do not wait) {
  const auto ann = connected();
  ask(ann, R"({"id":2,"subscribe":{"channel":"kept:a"}})");
  ann->box.congested = true;
  publish("kept:a", "7");
  CAF_CHECK_EQUAL(heard(ann).size(), 1u);
}

CAF_TEST(a client without room is recovered all the same) {
  fill("kept:a", 3);
  log.confirms = false;
  const auto ann = connected();
  say(ann,
      R"({"id":2,"subscribe":{"channel":"kept:a","recover":true,"offset":1,)"
      R"("epoch":"e"}})");
  ann->box.congested = true;
  tell({}, log.channels.at("kept:a"), confirm_atom_v);
  settle();
  CAF_CHECK_EQUAL(
    heard(ann),
    texts{
      R"({"id":2,"subscribe":{"recoverable":true,"epoch":"e",)"
      R"("recovered":true,"offset":1,"positioned":true,"was_recovering":true}})"});
  make_room(ann);
  CAF_CHECK_EQUAL(heard(ann), (texts{pub("kept:a", 2), pub("kept:a", 3)}));
}

CAF_TEST(publications wait while a client is connecting) {
  const std::string large = '"' + std::string(100'000, 'x') + '"';
  tokens.connections["ann"].channels = {"kept:a", "kept:b"};
  log.confirms = false;
  const auto ann = start();
  say(ann, R"({"id":1,"connect":{"token":"ann"}})");
  CAF_CHECK(heard(ann).empty());
  tell({}, log.channels.at("kept:a"), confirm_atom_v);
  settle();
  for (auto i = 0; i < 12; ++i)
    keep("kept:a", large);
  CAF_CHECK(!ann->box.closed_with);
  tell({}, log.channels.at("kept:b"), confirm_atom_v);
  settle();
  CAF_CHECK_EQUAL(heard(ann).size(), 13u);
  CAF_CHECK(!ann->box.closed_with);
}

CAF_TEST_FIXTURE_SCOPE_END()
