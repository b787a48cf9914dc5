#define CAF_SUITE history_scripts

#include "cluster/bridge/history_scripts.hpp"
#include "tests/cluster/support/history_rig.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <chrono>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;
using namespace std::literals;

namespace {

long remaining(const std::string& key) {
  return std::stol(history_rig::run({"PTTL", key}));
}

constexpr auto month = 30L * 24 * 3600 * 1000;

bool are_minutes(long time) {
  return time > 4 * 60'000 && time <= 5 * 60'000;
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(history_scripts_tests, history_rig)

CAF_TEST(redis knows every script by the digest we compute) {
  for (const auto* script : history_scripts()) {
    const auto& reply = redis.run({"SCRIPT", "LOAD", script->text()});
    CAF_CHECK_EQUAL(reply.text(0), script->digest());
  }
}

CAF_TEST(offsets count from one within an epoch) {
  const auto first = publish("a", "id1");
  CAF_CHECK_EQUAL(text(first.position), "1:epochAAA");
  CAF_CHECK(!first.was_repeated);
  CAF_CHECK_EQUAL(text(publish("b", "id2").position), "2:epochAAA");
  CAF_CHECK_EQUAL(all(), "2:epochAAA a b");
}

CAF_TEST(subscribers get an envelope with offset epoch and fields) {
  room_subscriber ann;
  publish("a", "id1");
  auto fields = fields_of("id2");
  append_field(fields, field_tag::user, "ann");
  auto what = request("b\0\xff"sv, fields);
  what.kind = payload_kind::binary;
  publish(what);
  const auto first = ann.next();
  CAF_CHECK(unwrap(first).kind == payload_kind::text);
  CAF_CHECK_EQUAL(unwrap(first).data, "a");
  const auto message = ann.next();
  const auto second = unwrap(message);
  CAF_REQUIRE(second.result == unwrapped::verdict::wrapped);
  CAF_CHECK(second.kind == payload_kind::binary);
  CAF_CHECK_EQUAL(second.data, "b\0\xff"sv);
  CAF_CHECK_EQUAL(second.fields.offset(), 2u);
  CAF_CHECK_EQUAL(second.fields.find(field_tag::epoch), "epochAAA");
  CAF_CHECK_EQUAL(second.fields.find(field_tag::id), "id2");
  CAF_CHECK_EQUAL(second.fields.find(field_tag::user), "ann");
  std::string head;
  append_offset(head, 2);
  append_field(head, field_tag::epoch, "epochAAA");
  CAF_CHECK(second.fields.bytes() == head + fields);
}

CAF_TEST(a reader gets the message that subscribers got) {
  room_subscriber ann;
  const auto fields = fields_of("id\0\xff"sv);
  auto what = request("b\0\xff\r\n"sv, fields);
  what.kind = payload_kind::binary;
  publish(what);
  const auto message = ann.next();
  const auto kept = read({.limit = 1}).publications.at(0);
  CAF_CHECK_EQUAL(kept->channel(), "room");
  CAF_CHECK(kept->kind() == payload_kind::binary);
  CAF_CHECK_EQUAL(kept->data(), "b\0\xff\r\n"sv);
  CAF_CHECK_EQUAL(kept->offset(), 1u);
  CAF_CHECK(kept->fields().bytes() == unwrap(message).fields.bytes());
}

CAF_TEST(entries that are no valid publication are left out of a page) {
  publish("a", "id");
  publish("text\xff"sv, "id");
  publish("c", "id");
  CAF_CHECK_EQUAL(all(), "3:epochAAA a c");
}

CAF_TEST(a publication of a megabyte comes through) {
  std::string large(1 << 20, 'x');
  large[7] = '\0';
  large[8] = '\x7f';
  room_subscriber ann;
  publish(large, "id");
  CAF_CHECK(unwrap(ann.next()).result == unwrapped::verdict::wrapped);
  CAF_CHECK(read({.limit = 10}).publications.at(0)->data() == large);
}

CAF_TEST(the largest field list is kept whole) {
  std::string fields = fields_of("id");
  append_field(fields, field_tag::conn_info,
               std::string(longest_kept_fields - fields.size() - 3, 'i'));
  CAF_REQUIRE_EQUAL(fields.size(), longest_kept_fields);
  publish(request("a", fields));
  const auto kept = read({.limit = 1}).publications.at(0);
  CAF_CHECK_EQUAL(kept->data(), "a");
  CAF_CHECK_EQUAL(kept->fields().bytes().size(), longest_fields);
}

CAF_TEST(the stream is trimmed to exactly its size) {
  const auto fields = fields_of("id");
  auto what = request("a", fields);
  what.history.size = 3;
  for (auto i = 0; i < 250; ++i)
    publish(what);
  CAF_CHECK_EQUAL(run({"XLEN", log}), "3");
  CAF_CHECK_EQUAL(all(), "250:epochAAA a a a");
}

CAF_TEST(stream and position are kept for as long as they should) {
  publish("a", "id");
  CAF_CHECK(remaining(log) > 0 && remaining(log) <= 60'000);
  CAF_CHECK(remaining(position) > month - 60'000);
  CAF_CHECK(remaining(position) <= month);
}

CAF_TEST(every touch renews the position) {
  publish("a", "id");
  const auto is_renewed = [this] {
    const auto result = remaining(position) > month - 60'000;
    run({"PEXPIRE", position, "50000"});
    return result;
  };
  CAF_CHECK(is_renewed());
  read({});
  CAF_CHECK(is_renewed());
  verify({1, "epochAAA"}, "id");
  CAF_CHECK(is_renewed());
  publish("b", "id");
  CAF_CHECK(is_renewed());
  remove();
  CAF_CHECK(is_renewed());
}

CAF_TEST(a position is kept for minutes until the first publication) {
  read({});
  CAF_CHECK(are_minutes(remaining(position)));
  verify({0, "epochBBB"}, "");
  CAF_CHECK(are_minutes(remaining(position)));
  CAF_CHECK(!remove());
  CAF_CHECK(are_minutes(remaining(position)));
  CAF_CHECK_EQUAL(text(publish("a", "id").position), "1:epochBBB");
  CAF_CHECK(remaining(position) > month - 60'000);
}

CAF_TEST(a new epoch without publications is kept for minutes) {
  publish("a", "id");
  verify({3, "epochAAA"}, "3");
  CAF_CHECK(are_minutes(remaining(position)));
}

CAF_TEST(only the position of an empty history is renewed) {
  CAF_CHECK(!renew());
  CAF_CHECK_EQUAL(run({"EXISTS", position}), "0");
  read({});
  run({"PEXPIRE", position, "50000"});
  CAF_CHECK(renew());
  CAF_CHECK(are_minutes(remaining(position)));
  publish("a", "id");
  CAF_CHECK(!renew());
  CAF_CHECK(remaining(position) > month - 60'000);
}

CAF_TEST(a client of an expired empty history is not recovered) {
  // A publication before the loss may be missing.
  CAF_CHECK_EQUAL(text(read({}).top), "0:epochBBB");
  run({"UNLINK", position});
  publish("a", "id");
  CAF_CHECK_EQUAL(verify({0, "epochBBB"}, ""), "1:epochAAA");
}

CAF_TEST(an absurd time to live is cut and harms nothing) {
  const auto fields = fields_of("id");
  auto what = request("a", fields);
  what.history.ttl = std::chrono::milliseconds::max();
  what.idempotency_key = "k";
  what.result_ttl = std::chrono::milliseconds{-5};
  publish(what);
  CAF_CHECK(remaining(log) > 9 * 12 * month);
  CAF_CHECK_EQUAL(all(), "1:epochAAA a");
}

CAF_TEST(pages go forward from where a reader stands) {
  publish_many(12);
  CAF_CHECK_EQUAL(text(read({.limit = 3})), "12:epochAAA 3 4 5");
  CAF_CHECK_EQUAL(text(read({.since = 5, .limit = 3})), "12:epochAAA 6 7 8");
  CAF_CHECK_EQUAL(text(read({.since = 10, .limit = 3})), "12:epochAAA 11 12");
  CAF_CHECK_EQUAL(text(read({.since = 12, .limit = 3})), "12:epochAAA");
  CAF_CHECK_EQUAL(text(read({.since = 99, .limit = 3})), "12:epochAAA");
  CAF_CHECK_EQUAL(text(read({.since = ~0ull, .limit = 3})), "12:epochAAA");
  CAF_CHECK_EQUAL(text(read({.since = 0, .limit = 2})), "12:epochAAA 3 4");
}

CAF_TEST(pages go back from where a reader stands) {
  publish_many(12);
  const auto back = [this](std::optional<std::uint64_t> since, unsigned limit) {
    return text(read({since, limit, true}));
  };
  CAF_CHECK_EQUAL(back({}, 3), "12:epochAAA 12 11 10");
  CAF_CHECK_EQUAL(back(10, 3), "12:epochAAA 9 8 7");
  CAF_CHECK_EQUAL(back(5, 3), "12:epochAAA 4 3");
  CAF_CHECK_EQUAL(back(3, 3), "12:epochAAA");
  CAF_CHECK_EQUAL(back(1, 3), "12:epochAAA");
  CAF_CHECK_EQUAL(back(0, 3), "12:epochAAA");
  CAF_CHECK_EQUAL(back(~0ull, 2), "12:epochAAA 12 11");
}

CAF_TEST(no limit means the position alone) {
  publish_many(3);
  CAF_CHECK_EQUAL(text(read({})), "3:epochAAA");
  CAF_CHECK_EQUAL(text(read({{}, 0, true})), "3:epochAAA");
}

CAF_TEST(the longest page is whole and no longer) {
  const auto fields = fields_of("id");
  auto what = request("a", fields);
  what.history.size = 2000;
  std::string bytes;
  for (auto i = 0; i < 1100; ++i)
    append_command(bytes, keys, what);
  redis.send(bytes);
  for (auto i = 0; i < 1100; ++i)
    redis.next();
  for (const auto reverse : {false, true}) {
    const auto page = read({{}, 5000, reverse});
    CAF_REQUIRE_EQUAL(page.publications.size(), longest_page);
    for (auto i = 0u; i < longest_page; ++i)
      CAF_REQUIRE_EQUAL(page.publications[i]->offset(),
                        reverse ? 1100 - i : i + 1);
  }
}

CAF_TEST(a page ends before it has too many bytes but not before the first) {
  for (auto i = 1; i <= 3; ++i)
    publish(std::to_string(i) + std::string(1000, 'x'), "id");
  CAF_CHECK_EQUAL(read({.limit = 9, .max_bytes = 2500}).publications.size(),
                  2u);
  const auto rest =
    read({.since = 2, .limit = 9, .max_bytes = 10}).publications;
  CAF_REQUIRE_EQUAL(rest.size(), 1u);
  CAF_CHECK_EQUAL(rest[0]->offset(), 3u);
}

CAF_TEST(a reader makes the position where there is none) {
  CAF_CHECK_EQUAL(text(read({})), "0:epochBBB");
  CAF_CHECK_EQUAL(text(publish("a", "id").position), "1:epochBBB");
  CAF_CHECK_EQUAL(text(read({.limit = 5})), "1:epochBBB a");
}

CAF_TEST(a publication that was seen and is still kept is verified) {
  publish_many(3);
  CAF_CHECK_EQUAL(verify({2, "epochAAA"}, "2"), "3:epochAAA");
  CAF_CHECK_EQUAL(verify({2, "epochAAA"}, ""), "3:epochAAA");
  CAF_CHECK_EQUAL(verify({0, "epochAAA"}, ""), "3:epochAAA");
  CAF_CHECK_EQUAL(verify({2, "epochXXX"}, "other"), "3:epochAAA");
  CAF_CHECK_EQUAL(all(), "3:epochAAA 1 2 3");
}

CAF_TEST(a publication that was seen and trimmed is verified) {
  publish_many(12);
  CAF_CHECK_EQUAL(verify({1, "epochAAA"}, "gone"), "12:epochAAA");
}

CAF_TEST(a history below the position of the reader has rolled back) {
  publish_many(3);
  CAF_CHECK_EQUAL(verify({4, "epochAAA"}, "4"), "0:epochCCC");
  CAF_CHECK_EQUAL(all(), "0:epochCCC");
  CAF_CHECK_EQUAL(text(publish("a", "id").position), "1:epochCCC");
}

CAF_TEST(a history with another publication there has rolled back) {
  publish_many(3);
  CAF_CHECK_EQUAL(verify({3, "epochAAA"}, "other"), "0:epochCCC");
  CAF_CHECK_EQUAL(all(), "0:epochCCC");
}

CAF_TEST(an offset beyond all numbers has rolled back) {
  publish_many(1);
  CAF_CHECK_EQUAL(verify({~0ull, "epochAAA"}, "id"), "0:epochCCC");
}

CAF_TEST(verifying makes the position where there is none) {
  CAF_CHECK_EQUAL(verify({3, "epochAAA"}, "3"), "0:epochCCC");
  CAF_CHECK_EQUAL(verify({0, "epochCCC"}, ""), "0:epochCCC");
}

CAF_TEST(removing forgets the publications and keeps the position) {
  publish_many(3);
  CAF_CHECK(remove());
  CAF_CHECK(!remove());
  CAF_CHECK_EQUAL(all(), "3:epochAAA");
  publish("d", "id");
  CAF_CHECK_EQUAL(all(), "4:epochAAA d");
  CAF_CHECK_EQUAL(verify({3, "epochAAA"}, "3"), "4:epochAAA");
}

CAF_TEST(two connections that publish at once leave no gap) {
  redis_client other{server().port()};
  std::string bytes;
  const auto fields = fields_of("id");
  auto what = request("a", fields);
  what.history.size = 1000;
  for (auto i = 0; i < 200; ++i)
    append_command(bytes, keys, what);
  room_subscriber ann;
  redis.send(bytes);
  other.send(bytes);
  std::vector<int> seen(401);
  for (auto* client : {&redis, &other})
    for (auto i = 0; i < 200; ++i)
      ++seen.at(read_published(client->next()).value().position.offset);
  CAF_CHECK_EQUAL(std::count(seen.begin() + 1, seen.end(), 1), 400);
  for (auto i = 1u; i <= 400; ++i)
    CAF_REQUIRE_EQUAL(unwrap(ann.next()).fields.offset(), i);
  CAF_CHECK_EQUAL(read({.limit = 1000}).publications.size(), 400u);
}

CAF_TEST(every command keeps the position as long as it says) {
  const auto check_kept = [&] {
    CAF_CHECK(remaining(position) > 59'000 && remaining(position) <= 60'000);
    run({"PERSIST", position});
  };
  const history_terms terms{"epochAAA", run_id(), 1min};
  const auto fields = fields_of("id");
  auto what = request("x", fields);
  what.common = terms;
  publish(what);
  check_kept();
  call(redis, history_read{"room", {}, terms});
  check_kept();
  call(redis, history_verify{"room", {1, "epochAAA"}, "id", terms});
  check_kept();
  call(redis, history_remove{"room", terms});
  check_kept();
}

CAF_TEST_FIXTURE_SCOPE_END()

namespace {

/// Replies that the commands must refuse to read.
const std::vector<std::string> nonsense{
  "-ERR no\r\n",
  "$-1\r\n",
  "*0\r\n",
  "+OK\r\n",
  "*3\r\n:1\r\n:2\r\n:0\r\n",
  "*3\r\n:-1\r\n$8\r\nepochAAA\r\n:0\r\n",
  "*3\r\n:1\r\n$0\r\n\r\n:0\r\n",
  "*3\r\n:0\r\n$8\r\nepochAAA\r\n:0\r\n",
  "*3\r\n:1\r\n$8\r\nepoch-AA\r\n:0\r\n",
  "*3\r\n:1\r\n$8\r\nepochAAA\r\n*1\r\n:1\r\n",
  "*3\r\n:1\r\n$0\r\n\r\n*0\r\n",
  "*2\r\n:1\r\n$0\r\n\r\n",
  "*2\r\n$1\r\n1\r\n$8\r\nepochAAA\r\n",
  "*4\r\n:1\r\n$8\r\nepochAAA\r\n*0\r\n:1\r\n",
};

} // namespace

CAF_TEST(a reply that is no answer is not read) {
  for (const auto& bytes : nonsense) {
    redis_parser parser{{}};
    parser.feed(bytes);
    CAF_REQUIRE(parser.next() == redis_parser::result::reply);
    CAF_CHECK(!read_published(parser.current()));
    CAF_CHECK(!read_page(parser.current(), "room"));
    CAF_CHECK(!read_top(parser.current()));
    CAF_CHECK(!read_removed(parser.current()));
  }
}
