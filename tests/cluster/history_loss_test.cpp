#define CAF_SUITE history_loss

#include "cluster/bridge/history_scripts.hpp"
#include "tests/cluster/support/history_rig.hpp"

#include <caf/test/unit_test.hpp>

#include <chrono>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;
using namespace std::literals;

namespace {

struct fixture : history_rig {
  history_published publish_once(std::string_view data, std::string_view key,
                                 std::chrono::milliseconds ttl = 1min) {
    const auto fields = fields_of(data);
    auto what = request(data, fields);
    what.idempotency_key = key;
    what.result_ttl = ttl;
    return history_rig::publish(what);
  }

  /// Publishes without history.
  history_published publish_bare(std::string_view message,
                                 std::string_view key) {
    history_publish what;
    what.channel = "room";
    what.data = message;
    what.idempotency_key = key;
    what.result_ttl = 1min;
    what.common.new_epoch = "epochAAA";
    return history_rig::publish(what);
  }

  /// After a loss a reader finds no old entries, and offsets start again.
  void check_reader_begins_anew() {
    CAF_CHECK_EQUAL(all(), "0:epochBBB");
    CAF_CHECK_EQUAL(text(publish("x", "id").position), "1:epochBBB");
    CAF_CHECK_EQUAL(all(), "1:epochBBB x");
  }

  /// After a loss a publisher starts a new epoch. The old one was epochAAA.
  void check_publisher_begins_anew() {
    const auto fields = fields_of("id");
    auto what = request("x", fields);
    what.common.new_epoch = "epochDDD";
    CAF_CHECK_EQUAL(text(history_rig::publish(what).position), "1:epochDDD");
    CAF_CHECK_EQUAL(all(), "1:epochDDD x");
  }

  void check_verifier_begins_anew() {
    CAF_CHECK_EQUAL(verify({2, "epochAAA"}, "2"), "0:epochCCC");
    CAF_CHECK_EQUAL(all(), "0:epochCCC");
  }

  /// The first caller after `damage` to a history of three starts a new epoch.
  template <class Damage>
  void check_all_begin_anew(Damage damage) {
    const auto break_history = [&] {
      run({"FLUSHALL"});
      publish_many(3);
      damage();
    };
    break_history();
    check_reader_begins_anew();
    break_history();
    check_publisher_begins_anew();
    break_history();
    check_verifier_begins_anew();
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(history_loss_tests, fixture)

CAF_TEST(a new epoch begins when everything is lost) {
  check_all_begin_anew([] { run({"FLUSHALL"}); });
}

CAF_TEST(a new epoch begins without the old stream when the position is lost) {
  check_all_begin_anew([this] { run({"DEL", position}); });
}

CAF_TEST(a new epoch begins when the position was lowered) {
  check_all_begin_anew([this] { run({"HSET", position, "o", "2"}); });
  check_all_begin_anew([this] { run({"HSET", position, "o", "0"}); });
}

CAF_TEST(a new epoch begins when the position cannot be read) {
  for (const auto* offset :
       {"", "x", "-1", "-0", "1e1", "0x3", "nan", "inf", " 3", "3 ", "3.0",
        "9007199254740993", "18446744073709551615", "99999999999999999999999"})
    check_all_begin_anew([&] {
      run({"HSET", position, "o", std::string{offset}});
    });
  for (const auto& epoch : {""s, "short"s, "far-too-long"s, "epoch\0AA"s,
                            "epoch\xff"
                            "AA"s})
    check_all_begin_anew([&] { run({"HSET", position, "e", epoch}); });
  check_all_begin_anew([this] { run({"HDEL", position, "o"}); });
  check_all_begin_anew([this] { run({"HDEL", position, "e"}); });
}

CAF_TEST(a new epoch begins when the position is of another type) {
  check_all_begin_anew([this] { run({"SET", position, "3"}); });
  check_all_begin_anew([this] {
    run({"DEL", position});
    run({"RPUSH", position, "3"});
  });
}

CAF_TEST(a new epoch begins when the stream is of another type) {
  check_all_begin_anew([this] { run({"SET", log, "3"}); });
  check_all_begin_anew([this] {
    run({"DEL", log});
    run({"HSET", log, "m", "3"});
  });
}

CAF_TEST(a new epoch begins when the stream has more than the position) {
  for (const auto* id : {"4-0", "99-5", "18446744073709551615-0",
                         "18446744073709551615-18446744073709551615"})
    check_all_begin_anew([&] { run({"XADD", log, id, "m", "x"}); });
}

CAF_TEST(a publisher finds out about a top that was deleted) {
  publish_many(3);
  run({"XDEL", log, "3-0"});
  run({"HSET", position, "o", "2"});
  check_publisher_begins_anew();
}

CAF_TEST(a reader does not hand on entries that are none of ours) {
  const std::vector<std::vector<std::string>> strangers{
    {"1-5", "m", "x"}, {"1-0", "m", "x"},           {"1-0", "x", "m"},
    {"0-1", "m", ""},  {"1-0", "i", "x", "m", "y"},
  };
  for (const auto& stranger : strangers)
    for (const auto reverse : {false, true}) {
      run({"FLUSHALL"});
      publish_many(1);
      run({"DEL", log});
      std::vector<std::string> words{"XADD", log};
      words.insert(words.end(), stranger.begin(), stranger.end());
      run(words);
      CAF_CHECK_EQUAL(text(read({{}, 10, reverse})), "0:epochBBB");
      CAF_CHECK_EQUAL(run({"EXISTS", log}), "0");
    }
}

CAF_TEST(a reader does not hand on the stream of another epoch) {
  publish_many(3);
  run({"HSET", position, "e", "epochZZZ"});
  CAF_CHECK_EQUAL(text(read({})), "3:epochZZZ");
  CAF_CHECK_EQUAL(all(), "0:epochBBB");
}

CAF_TEST(a reader does not hand on a message under another id) {
  room_subscriber ann;
  publish_many(1);
  const auto message = ann.next();
  for (const auto* id : {"0-1", "1-5", "2-0"}) {
    run({"DEL", log});
    run({"HSET", position, "o", "2", "e", "epochAAA"});
    run({"XADD", log, id, "m", message, "i", "1"});
    CAF_CHECK_EQUAL(all(), "0:epochBBB");
  }
}

CAF_TEST(a lost stream is an expired one) {
  publish_many(3);
  run({"DEL", log});
  CAF_CHECK_EQUAL(all(), "3:epochAAA");
  CAF_CHECK_EQUAL(verify({3, "epochAAA"}, "3"), "3:epochAAA");
  CAF_CHECK_EQUAL(text(publish("d", "id").position), "4:epochAAA");
  CAF_CHECK_EQUAL(all(), "4:epochAAA d");
}

CAF_TEST(a stream trimmed by hand begins later) {
  publish_many(5);
  run({"XTRIM", log, "MAXLEN", "2"});
  CAF_CHECK_EQUAL(text(read({.since = 1, .limit = 9})), "5:epochAAA 4 5");
  CAF_CHECK_EQUAL(verify({2, "epochAAA"}, "2"), "5:epochAAA");
  run({"XTRIM", log, "MAXLEN", "0"});
  CAF_CHECK_EQUAL(all(), "5:epochAAA");
  CAF_CHECK_EQUAL(text(publish("f", "id").position), "6:epochAAA");
}

CAF_TEST(a publication deleted by hand is left out) {
  publish_many(5);
  run({"XDEL", log, "3-0"});
  CAF_CHECK_EQUAL(all(), "5:epochAAA 1 2 4 5");
  CAF_CHECK_EQUAL(text(read({{}, 3, true})), "5:epochAAA 5 4 2");
}

CAF_TEST(a position raised by hand leaves a gap) {
  publish_many(2);
  run({"HSET", position, "o", "8"});
  CAF_CHECK_EQUAL(all(), "8:epochAAA 1 2");
  CAF_CHECK_EQUAL(text(publish("i", "id").position), "9:epochAAA");
  CAF_CHECK_EQUAL(text(read({.since = 2, .limit = 9})), "9:epochAAA i");
}

CAF_TEST(offsets stay exact up to fifteen digits) {
  publish_many(1);
  run({"HSET", position, "o", "999999999999998"});
  CAF_CHECK_EQUAL(text(publish("a", "id").position),
                  "999999999999999:epochAAA");
  const auto page = read({.since = 999'999'999'999'998, .limit = 9});
  CAF_CHECK_EQUAL(text(page), "999999999999999:epochAAA a");
  CAF_CHECK_EQUAL(page.publications.at(0)->offset(), 999'999'999'999'999u);
  CAF_CHECK_EQUAL(text(read({{}, 1, true})), "999999999999999:epochAAA a");
  CAF_CHECK_EQUAL(verify({999'999'999'999'999, "epochAAA"}, "id"),
                  "999999999999999:epochAAA");
}

CAF_TEST(a full redis refuses a publication and keeps the others) {
  publish_many(2);
  const auto fields = fields_of("id");
  auto what = request("x", fields);
  what.idempotency_key = "k";
  run({"CONFIG", "SET", "maxmemory", "1"});
  CAF_CHECK(!read_published(call(redis, what)));
  what.channel = "another";
  CAF_CHECK(!read_published(call(redis, what)));
  what.history = {};
  CAF_CHECK(!read_published(call(redis, what)));
  CAF_CHECK(
    !read_page(call(redis, history_read{"third", {}, {"epochBBB", {}}}), ""));
  CAF_CHECK_EQUAL(all(), "2:epochAAA 1 2");
  run({"CONFIG", "SET", "maxmemory", "0"});
  CAF_CHECK_EQUAL(run({"DBSIZE"}), "2");
  CAF_CHECK_EQUAL(all(), "2:epochAAA 1 2");
}

CAF_TEST(a replica refuses a publication and keeps the others) {
  publish_many(2);
  run({"CONFIG", "SET", "min-replicas-to-write", "1"});
  const auto fields = fields_of("id");
  CAF_CHECK(!read_published(call(redis, request("x", fields))));
  run({"CONFIG", "SET", "min-replicas-to-write", "0"});
  CAF_CHECK_EQUAL(all(), "2:epochAAA 1 2");
}

CAF_TEST(a history that the user may not read is not taken for lost) {
  publish_many(2);
  for (const auto* command : {"-hmget", "-xrange", "-get"}) {
    run({"ACL", "SETUSER", "ann", "reset", "on", "nopass", "~*", "&*", "+@all",
         command});
    redis_client other{server().port()};
    CAF_REQUIRE_EQUAL(other.run({"AUTH", "ann", ""}).text(0), "OK");
    auto what = request("x", {});
    what.idempotency_key = "k";
    if (command != "-xrange"sv)
      CAF_CHECK(call(other, what).type(0) == redis_reply::kind::error);
    if (command != "-get"sv)
      CAF_CHECK(call(other, history_read{"room", {}, {"epochBBB", {}}}).type(0)
                == redis_reply::kind::error);
  }
  CAF_CHECK_EQUAL(all(), "2:epochAAA 1 2");
}

CAF_TEST(a repeated publish does nothing and gets the first result) {
  room_subscriber ann;
  publish_once("a", "k");
  publish_once("b", "other");
  const auto again = publish_once("c", "k");
  CAF_CHECK_EQUAL(text(again.position), "1:epochAAA");
  CAF_CHECK(again.was_repeated);
  publish("d", "id");
  CAF_CHECK_EQUAL(all(), "3:epochAAA a b d");
  for (const auto* data : {"a", "b", "d"}) {
    const auto message = ann.next();
    CAF_CHECK_EQUAL(unwrap(message).data, data);
  }
}

CAF_TEST(a repeated publish touches nothing) {
  publish_once("a", "k");
  run({"PEXPIRE", position, "50000"});
  publish_once("b", "k");
  CAF_CHECK(std::stol(run({"PTTL", position})) <= 50'000);
}

CAF_TEST(a result is forgotten in time) {
  publish_once("a", "k", 1ms);
  const auto once = keys.once("room", "k");
  for (auto tries = 0; run({"EXISTS", once}) != "0"; ++tries)
    CAF_REQUIRE(tries < 10'000);
  CAF_CHECK(!publish_once("b", "k").was_repeated);
  CAF_CHECK_EQUAL(all(), "2:epochAAA a b");
  CAF_CHECK(std::stol(run({"PTTL", once})) <= 60'000);
}

CAF_TEST(the first result outlives its epoch) {
  publish_many(1);
  publish_once("a", "k");
  run({"DEL", position});
  CAF_CHECK_EQUAL(text(publish_once("a", "k").position), "2:epochAAA");
  CAF_CHECK_EQUAL(all(), "0:epochBBB");
}

CAF_TEST(idempotency keys of different channels are different) {
  CAF_CHECK(keys.once("a", "b:c") != keys.once("a:b", "c"));
  publish_once("a", "k:1\0\xff"sv);
  CAF_CHECK(publish_once("b", "k:1\0\xff"sv).was_repeated);
  CAF_CHECK(!publish_once("b", "k:1\0"sv).was_repeated);
}

CAF_TEST(a result that cannot be read is lost) {
  const auto once = keys.once("room", "k");
  for (const auto* kept : {"", "x", "5", "5:", "0:epochAAA", ":epochAAA",
                           "5:short", "99999999999999999999:epochAAA"}) {
    run({"SET", once, kept});
    CAF_CHECK(!publish_once("a", "k").was_repeated);
  }
  run({"DEL", once});
  run({"RPUSH", once, "5:epochAAA"});
  CAF_CHECK(!publish_once("a", "k").was_repeated);
  CAF_CHECK(publish_once("a", "k").was_repeated);
}

CAF_TEST(without history a message goes out as it is and once) {
  room_subscriber ann;
  const auto first = publish_bare("raw\0\xff"sv, "k");
  CAF_CHECK(first.position == stream_position{});
  CAF_CHECK(!first.was_repeated);
  const auto again = publish_bare("raw again", "k");
  CAF_CHECK(again.position == stream_position{});
  CAF_CHECK(again.was_repeated);
  publish_bare("other", "l");
  CAF_CHECK_EQUAL(ann.next(), "raw\0\xff"sv);
  CAF_CHECK_EQUAL(ann.next(), "other");
  CAF_CHECK_EQUAL(run({"EXISTS", position, log}), "0");
}

CAF_TEST_FIXTURE_SCOPE_END()
