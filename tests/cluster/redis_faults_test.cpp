#define CAF_SUITE redis_faults

#include "actors/message/envelope.hpp"
#include "tests/cluster/support/faults_rig.hpp"
#include "tests/cluster/support/nonsense_server.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using events = std::vector<std::string>;

/// The number after the name, e.g. "1" of "t:lobby 1".
std::string subscribers(redis_server& redis) {
  const auto answer = redis.command({"PUBSUB", "NUMSUB", "t:lobby"});
  return answer.substr(answer.find(' ') + 1);
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(redis_faults_tests, faults_rig)

CAF_TEST(a channel is subscribed once while wanted and not at all after) {
  redis_server redis;
  start(redis.port());
  auto& bob = rig->new_log();
  want_lobby();
  rig->want_on(0, "lobby", bob);
  CAF_REQUIRE(ann.await("confirm") && bob.await("confirm"));
  CAF_CHECK_EQUAL(subscribers(redis), "1");
  rig->unwant_on(0, "lobby");
  rig->unwant_on(1, "lobby");
  CAF_CHECK_EQUAL(subscribers(redis), "1");
  CAF_CHECK(eventually([&] { return subscribers(redis) == "0"; }));
}

CAF_TEST(bare messages of any Redis client arrive and bare text leaves) {
  redis_server redis;
  start(redis.port());
  want_lobby();
  CAF_REQUIRE(ann.await("confirm"));
  redis.command({"PUBLISH", "t:lobby", "plain"});
  redis.command({"PUBLISH", "t:lobby", "\xC0\xC1"});
  redis.command({"PUBLISH", "t:lobby", "\xFFRKY"});
  redis.command({"PUBLISH", "other", "not ours"});
  redis.command({"PUBLISH", "t:lobby", wrap(payload_kind::binary, "w")});
  CAF_REQUIRE(ann.await("binary:w"));
  CAF_CHECK_EQUAL(ann.events(),
                  (events{"confirm", "plain", "binary:\xC0\xC1", "binary:w"}));
}

CAF_TEST(many channels are subscribed in batches and all come back) {
  redis_server redis;
  start(redis.port());
  auto& all = rig->new_log();
  constexpr auto count = 1500U;
  auto recorder = rig->record(0, all);
  for (auto i = 0U; i < count; ++i)
    tell({}, rig->buses->owner_of("x"),
         want{"c" + std::to_string(i), 0, 1, recorder});
  CAF_REQUIRE(all.await_size(count));
  redis.command({"CLIENT", "KILL", "TYPE", "pubsub"});
  CAF_CHECK(all.await_size(2 * count));
  CAF_CHECK(becomes_ready());
}

CAF_TEST(a killed subscriber comes back with a gap and delivers again) {
  redis_server redis;
  start(redis.port());
  want_lobby();
  CAF_REQUIRE(ann.await("confirm") && becomes_ready());
  CAF_CHECK_EQUAL(redis.command({"CLIENT", "KILL", "TYPE", "pubsub"}), "1");
  CAF_REQUIRE(ann.await("gap:link_lost"));
  rig->publish("lobby", "again");
  CAF_REQUIRE(ann.await("again"));
  CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "gap:link_lost", "again"}));
  CAF_CHECK(becomes_ready());
}

CAF_TEST(a killed publisher comes back and no subscriber notices) {
  redis_server redis;
  start(redis.port());
  want_lobby();
  CAF_REQUIRE(ann.await("confirm") && becomes_ready());
  redis.command({"CLIENT", "KILL", "TYPE", "normal"});
  CAF_REQUIRE(eventually([&] {
    rig->publish("lobby", "again");
    return rig->outcome().ends_with("accepted");
  }));
  CAF_REQUIRE(ann.await("again"));
  CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "again"}));
}

CAF_TEST(Redis may be absent at the start and restart later) {
  redis_server redis;
  redis.stop();
  start(redis.port());
  want_lobby();
  rig->publish("lobby", "too early");
  CAF_CHECK_EQUAL(rig->outcome(), "1:refused");
  CAF_CHECK(!rig->flush("lobby"));
  redis.start();
  CAF_REQUIRE(ann.await("confirm"));
  CAF_REQUIRE(becomes_ready());
  redis.stop();
  CAF_CHECK(becomes_unready());
  redis.start();
  CAF_REQUIRE(ann.await("gap:link_lost"));
  CAF_CHECK(becomes_ready());
}

CAF_TEST(a hung Redis is noticed on both links and leaves publishes unknown) {
  redis_server redis;
  start(redis.port());
  want_lobby();
  CAF_REQUIRE(ann.await("confirm") && becomes_ready());
  redis.freeze();
  rig->publish("lobby", "into the void");
  CAF_CHECK_EQUAL(rig->outcome(), "1:unknown");
  CAF_CHECK(becomes_unready());
  rig->publish("lobby", "refused");
  CAF_CHECK_EQUAL(rig->outcome(), "2:refused");
  CAF_CHECK(eventually([&] {
    return logged("link=publish reason=\"no sign of life\"")
           && logged("link=subscribe reason=\"no sign of life\"");
  }));
  redis.thaw();
  CAF_REQUIRE(ann.await("gap:link_lost"));
  CAF_CHECK(becomes_ready());
}

CAF_TEST(a wrong password is said without the secret and mended) {
  redis_server redis{{"--requirepass", "right-secret"}};
  options.server.password = "my-wrong-secret";
  start(redis.port());
  want_lobby();
  CAF_CHECK(eventually([&] {
    return logged("link=publish reason=WRONGPASS")
           && logged("link=subscribe reason=WRONGPASS");
  }));
  redis.command({"CONFIG", "SET", "requirepass", "my-wrong-secret"},
                "right-secret");
  CAF_CHECK(becomes_ready());
  CAF_CHECK(ann.await("confirm"));
  CAF_CHECK(!logged("secret"));
}

CAF_TEST(a missing password is said) {
  redis_server redis{{"--requirepass", "secret"}};
  start(redis.port());
  CAF_CHECK(eventually([&] { return logged("reason=\"NOAUTH"); }));
}

CAF_TEST(a user of Redis signs in with name and password) {
  redis_server redis;
  redis.command({"ACL", "SETUSER", "rook", "on", ">secret", "+@all", "&*"});
  options.server.user = "rook";
  options.server.password = "secret";
  start(redis.port());
  CAF_CHECK(becomes_ready());
}

CAF_TEST(a publish that Redis refuses is told) {
  redis_server redis;
  redis.command({"ACL", "SETUSER", "rook", "on", ">secret", "+@all",
                 "resetchannels", "&t:__rookery:*", "&t:lobby"});
  options.server.user = "rook";
  options.server.password = "secret";
  start(redis.port());
  CAF_REQUIRE(becomes_ready());
  rig->publish("attic", "hi");
  CAF_CHECK_EQUAL(rig->outcome(), "1:refused");
  rig->publish("lobby", "hi");
  CAF_CHECK_EQUAL(rig->outcome(), "2:accepted");
}

CAF_TEST(an oversized message drops the link and its channel is told why) {
  redis_server redis;
  options.reply_bytes = 32 * 1024;
  start(redis.port());
  want_lobby();
  CAF_REQUIRE(ann.await("confirm") && becomes_ready());
  redis.command({"PUBLISH", "t:lobby", std::string(64 * 1024, 'x')});
  CAF_REQUIRE(ann.await("gap:too_large"));
  CAF_CHECK(logged("publication too large"));
  rig->publish("lobby", "still works");
  CAF_CHECK(ann.await("still works"));
}

CAF_TEST(more unanswered bytes than allowed are refused) {
  redis_server redis;
  options.unanswered_bytes = 64 * 1024;
  options.ping_interval = 10s;
  start(redis.port());
  CAF_REQUIRE(becomes_ready());
  rig->publish("lobby", std::string(80 * 1024, 'x'));
  CAF_CHECK_EQUAL(rig->outcome(), "1:refused");
  redis.freeze();
  for (auto i = 0; i < 3; ++i)
    rig->publish("lobby", std::string(30 * 1024, 'x'));
  CAF_CHECK_EQUAL(rig->outcome(), "4:refused");
  redis.thaw();
  CAF_CHECK_EQUAL(rig->outcome(), "2:accepted");
  CAF_CHECK_EQUAL(rig->outcome(), "3:accepted");
}

CAF_TEST(nonsense of any kind is survived and tried again) {
  for (const auto& words : nonsense()) {
    nonsense_server server{words};
    start(server.port());
    CAF_CHECK(eventually([&] { return server.connections() >= 4; }));
    CAF_CHECK(!health.is_ready());
    rig.reset();
  }
}

CAF_TEST(a server that talks nonsense is tried less than ten times a second) {
  nonsense_server server{"HTTP/1.1 400 Bad Request\r\n\r\n"};
  const auto since = std::chrono::steady_clock::now();
  start(server.port());
  eventually([&] { return std::chrono::steady_clock::now() - since > 2s; });
  CAF_CHECK(server.connections() >= 4);
  CAF_CHECK(server.connections() <= 20);
}

CAF_TEST(a Redis that takes the place of nonsense is found) {
  redis_server redis;
  redis.stop();
  {
    nonsense_server server{"HTTP/1.1 400 Bad Request\r\n\r\n", redis.port()};
    start(redis.port());
    CAF_CHECK(eventually([&] { return server.connections() >= 4; }));
  }
  redis.start();
  CAF_CHECK(becomes_ready());
}

CAF_TEST_FIXTURE_SCOPE_END()
