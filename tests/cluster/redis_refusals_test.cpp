#define CAF_SUITE redis_refusals

#include "tests/cluster/support/faults_rig.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using events = std::vector<std::string>;

/// The rights that docs/operations.md names, for the prefix `t`.
const std::vector<std::string> rights_of_the_manual{
  "resetkeys",    "~t:*",           "&t:*",           "-@all",
  "+ping",        "+role",          "+info",          "+subscribe",
  "+unsubscribe", "+publish",       "+pubsub|numsub", "+script|load",
  "+evalsha",     "+time",          "+type",          "+exists",
  "+pexpire",     "+unlink",        "+del",           "+get",
  "+set",         "+hget",          "+hset",          "+hmget",
  "+hdel",        "+hlen",          "+hincrby",       "+hscan",
  "+hrandfield",  "+sadd",          "+srem",          "+scard",
  "+sscan",       "+spop",          "+zadd",          "+zrem",
  "+zscore",      "+zrangebyscore", "+xadd",          "+xrange",
  "+xrevrange",   "+xtrim",         "+xdel"};

} // namespace

CAF_TEST_FIXTURE_SCOPE(redis_refusals_tests, faults_rig)

CAF_TEST(a channel without the right to it fails alone) {
  redis_server redis;
  start_as(redis, {"+@all", "~t:*", "&t:__rookery:*", "&t:lobby"});
  auto& bob = rig->new_log();
  rig->want_on(0, "attic", bob);
  want_lobby();
  CAF_REQUIRE(ann.await("confirm") && becomes_ready());
  CAF_CHECK(eventually([&] { return logged("subject=t:attic"); }));
  CAF_CHECK(logged("error=NOPERM"));
  CAF_CHECK(!logged("redis link down"));
  rig->publish("lobby", "hi");
  CAF_CHECK_EQUAL(rig->outcome(), "1:accepted");
  CAF_CHECK(ann.await("hi"));
  CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "hi"}));
  CAF_CHECK_EQUAL(bob.events(), events{"gap:refused"});
  redis.command({"ACL", "SETUSER", "rook", "&t:attic"});
  CAF_CHECK(bob.await("confirm"));
  CAF_CHECK(!logged("redis link down"));
}

CAF_TEST(a Redis that cannot save still carries plain channels) {
  redis_server redis;
  redis.command({"CONFIG", "SET", "save", "1 1"});
  start(redis.port());
  want_lobby();
  CAF_REQUIRE(ann.await("confirm") && becomes_ready());
  const auto top = rig->publish_with({{10, 1min}, {}}, "kept", "one");
  CAF_REQUIRE(top.verdict == publish_verdict::accepted);
  redis.lose_directory();
  CAF_REQUIRE(eventually([&] {
    return redis.command({"SET", "x", "y"}).starts_with("MISCONF");
  }));
  CAF_CHECK(eventually([&] { return logged("error=MISCONF"); }));
  rig->publish("lobby", "hi");
  CAF_CHECK(rig->outcome().ends_with("accepted"));
  CAF_CHECK(ann.await("hi"));
  const auto refused = rig->publish_with({{10, 1min}, {}}, "kept", "two");
  CAF_CHECK(refused.verdict == publish_verdict::refused);
  const auto read = rig->read("kept", {{.since = 0, .limit = 10}});
  CAF_REQUIRE(read.page);
  CAF_CHECK_EQUAL(read.page->publications.size(), 1u);
  CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "hi"}));
  CAF_CHECK(!logged("redis link down"));
  // A new link comes up, too.
  redis.command({"CLIENT", "KILL", "TYPE", "pubsub"});
  redis.command({"CLIENT", "KILL", "TYPE", "normal"});
  CAF_CHECK(eventually([&] { return logged("redis link down"); }));
  CAF_CHECK(ann.await("gap:link_lost"));
  CAF_CHECK(becomes_ready());
}

CAF_TEST(a replica is left until it is a master) {
  redis_server master;
  redis_server replica;
  const auto follow = [&] {
    replica.command({"REPLICAOF", "127.0.0.1", std::to_string(master.port())});
  };
  follow();
  start(replica.port());
  want_lobby();
  CAF_CHECK(eventually([&] {
    return logged("link=publish reason=\"is a replica\" host=127.0.0.1")
           && logged("link=subscribe reason=\"is a replica\"");
  }));
  CAF_CHECK(!health.is_ready());
  rig->publish("lobby", "hi");
  CAF_CHECK(rig->outcome().ends_with("refused"));
  replica.command({"REPLICAOF", "NO", "ONE"});
  CAF_CHECK(becomes_ready());
  CAF_CHECK(ann.await("confirm"));
  follow();
  CAF_CHECK(becomes_unready());
}

CAF_TEST(without scripts plain channels work and the log names the command) {
  redis_server redis{{"--rename-command", "SCRIPT", ""}};
  start(redis.port());
  want_lobby();
  CAF_REQUIRE(ann.await("confirm") && becomes_ready());
  CAF_CHECK(logged("\"SCRIPT LOAD\" answer=\"ERR unknown command"));
  rig->publish("lobby", "hi");
  CAF_CHECK_EQUAL(rig->outcome(), "1:accepted");
  CAF_CHECK(ann.await("hi"));
  const auto refused = rig->publish_with({{10, 1min}, {}}, "kept", "two");
  CAF_CHECK(refused.verdict == publish_verdict::refused);
  CAF_CHECK(rig->read("kept", {}).problem == publish_problem::rejected);
  CAF_CHECK(!logged("redis link down"));
}

CAF_TEST(commands that this Redis lacks are named) {
  redis_server redis{{"--rename-command", "HRANDFIELD", "", "--rename-command",
                      "XADD", "HIDDEN"}};
  start(redis.port());
  CAF_REQUIRE(becomes_ready());
  CAF_CHECK(eventually([&] {
    return logged("command=HRANDFIELD reason=unknown")
           && logged("command=XADD reason=unknown");
  }));
  CAF_CHECK(!logged("command=PUBLISH"));
  CAF_CHECK(rig->who_is_on("lobby").problem == publish_problem::rejected);
}

CAF_TEST(rights that this user lacks are named) {
  redis_server redis;
  start_as(redis, {"+@all", "-hset", "&t:*", "~t:*"});
  CAF_REQUIRE(becomes_ready());
  CAF_CHECK(eventually(
    [&] { return logged("command=HSET reason=\"not permitted\""); }));
  CAF_CHECK(!logged("command=XADD"));
}

CAF_TEST(a user with the rights of the manual lacks nothing) {
  redis_server redis;
  start_as(redis, rights_of_the_manual);
  want_lobby();
  CAF_REQUIRE(ann.await("confirm") && becomes_ready());
  const auto kept =
    rig->publish_with({{10, 1min}, {"key", 1min}}, "kept", "one");
  CAF_CHECK(kept.verdict == publish_verdict::accepted);
  CAF_CHECK(rig->who_is_on("lobby").problem == publish_problem::none);
  CAF_CHECK(rig->read("kept", {}).page != nullptr);
  CAF_CHECK(!logged("redis lacks") && !logged("redis error"));
}

CAF_TEST(a publication stored but not published is not refused) {
  redis_server redis;
  start_as(redis, {"+@all", "~t:*", "&t:__rookery:*"});
  CAF_REQUIRE(becomes_ready());
  const auto unknown = rig->publish_with({{10, 1min}, {}}, "kept", "one");
  CAF_CHECK(unknown.verdict == publish_verdict::unknown);
  CAF_CHECK_EQUAL(redis.command({"XLEN", "t:rookery:log:{kept}"}), "1");
  const auto bare = rig->publish_with({{}, {"key", 1min}}, "bare", "one");
  CAF_CHECK(bare.verdict == publish_verdict::refused);
  CAF_CHECK(logged("error=NOPERM"));
}

CAF_TEST(the reason of a failed connection is told with the address) {
  redis_server redis;
  redis.stop();
  start(redis.port());
  const auto port = std::to_string(redis.port());
  CAF_CHECK(eventually([&] {
    return logged("link=publish reason=\"Connection refused\" host=127.0.0.1 "
                  "port="
                  + port);
  }));
}

CAF_TEST_FIXTURE_SCOPE_END()
