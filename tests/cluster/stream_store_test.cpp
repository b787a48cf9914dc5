#define CAF_SUITE stream_store

#include "cluster/memory/stream_store.hpp"
#include "tests/cluster/support/history_maker.hpp"

#include <caf/test/unit_test.hpp>

#include <memory>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using list = std::vector<std::string>;

struct fixture {
  fixture() { reset({1'000'000, 1000, 1000}); }

  void reset(const stream_limits& limits) {
    store = std::make_unique<stream_store>(
      limits, [this] { return "epoch00" + std::to_string(++epochs); });
  }

  stored_publication publish(std::string_view channel, std::string_view data,
                             const idempotency_key& key = {}) {
    return store->publish(draft(channel, data), history, key, now);
  }

  history_page read(std::string_view channel, const history_range& range) {
    return store->read(channel, range, now);
  }

  history_page read(std::string_view channel) {
    return read(channel, {std::nullopt, longest_page, false});
  }

  stream_position top(std::string_view channel) {
    return read(channel, {}).top;
  }

  /// Publishes "1", "2" … `count`.
  void publish_many(std::string_view channel, int count) {
    for (auto i = 1; i <= count; ++i)
      publish(channel, std::to_string(i));
  }

  std::unique_ptr<stream_store> store;
  history_options history{10, 60s};
  stream_store::time_point now = stream_store::time_point{} + 1h;
  int epochs = 0;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(stream_store_tests, fixture)

CAF_TEST(offsets count from one within an epoch) {
  CAF_CHECK(publish("a", "x").position == (stream_position{1, "epoch001"}));
  CAF_CHECK(publish("a", "y").position == (stream_position{2, "epoch001"}));
  CAF_CHECK(publish("b", "z").position == (stream_position{1, "epoch002"}));
}

CAF_TEST(a page holds as many publications as its bytes allow) {
  for (const auto size : {900, 300, 300, 300, 900})
    publish("a", std::string(static_cast<std::size_t>(size), 'x'));
  const auto offsets = [this](history_range range) {
    std::vector<std::uint64_t> result;
    for (const auto& each : read("a", range).publications)
      result.push_back(each->offset());
    return result;
  };
  using numbers = std::vector<std::uint64_t>;
  CAF_CHECK_EQUAL(offsets({.since = 1, .limit = 9, .max_bytes = 700}),
                  (numbers{2, 3}));
  CAF_CHECK_EQUAL(offsets({.limit = 9, .max_bytes = 700}), numbers{1});
  CAF_CHECK_EQUAL(
    offsets({.since = 5, .limit = 9, .reverse = true, .max_bytes = 700}),
    (numbers{4, 3}));
}

CAF_TEST(a publication carries its position in front of the callers fields) {
  std::string fields;
  append_field(fields, field_tag::epoch, "forged");
  append_field(fields, field_tag::id, "id");
  append_offset(fields, 77);
  const auto what = publication::make("a", "data", payload_kind::binary,
                                      publication_fields{fields});
  const auto made = store->publish(what, history, {}, now).what;
  CAF_CHECK_EQUAL(made->channel(), "a");
  CAF_CHECK_EQUAL(made->data(), "data");
  CAF_CHECK(made->kind() == payload_kind::binary);
  std::string wanted;
  append_offset(wanted, 1);
  append_field(wanted, field_tag::epoch, "epoch001");
  CAF_CHECK_EQUAL(wanted.size(), stream_store::added_fields);
  CAF_CHECK_EQUAL(made->fields().bytes(), wanted + fields);
  CAF_CHECK(read("a").publications.at(0) == made);
}

CAF_TEST(a channel without history has no position) {
  history.size = 0;
  const auto result = publish("a", "x");
  CAF_CHECK(result.position == stream_position{});
  CAF_CHECK_EQUAL(result.what->offset(), 0u);
  CAF_CHECK_EQUAL(store->positions(), 0u);
  CAF_CHECK_EQUAL(store->bytes(), 0u);
  CAF_CHECK_EQUAL(epochs, 0);
}

CAF_TEST(a stream is trimmed to exactly its size) {
  history.size = 3;
  publish_many("a", 5);
  CAF_CHECK(data_of(read("a")) == (list{"3", "4", "5"}));
  history.size = 1;
  publish("a", "6");
  CAF_CHECK(data_of(read("a")) == list{"6"});
  history.size = 2;
  publish("a", "7");
  CAF_CHECK(data_of(read("a")) == (list{"6", "7"}));
  CAF_CHECK_EQUAL(top("a").offset, 7u);
}

CAF_TEST(a reader makes the position) {
  CAF_CHECK(top("a") == (stream_position{0, "epoch001"}));
  CAF_CHECK(publish("a", "x").position == (stream_position{1, "epoch001"}));
}

CAF_TEST(a page goes forward from the position of the reader) {
  publish_many("a", 5);
  CAF_CHECK(data_of(read("a", {2, 2, false})) == (list{"3", "4"}));
  CAF_CHECK(data_of(read("a", {2, 10, false})) == (list{"3", "4", "5"}));
  CAF_CHECK(data_of(read("a", {0, 1, false})) == list{"1"});
  CAF_CHECK(data_of(read("a", {std::nullopt, 2, false})) == (list{"1", "2"}));
  CAF_CHECK(data_of(read("a", {5, 10, false})) == list{});
  CAF_CHECK(data_of(read("a", {99, 10, false})) == list{});
  CAF_CHECK_EQUAL(read("a", {2, 2, false}).top.offset, 5u);
}

CAF_TEST(a page goes backward from the position of the reader) {
  publish_many("a", 5);
  CAF_CHECK(data_of(read("a", {4, 2, true})) == (list{"3", "2"}));
  CAF_CHECK(data_of(read("a", {3, 10, true})) == (list{"2", "1"}));
  CAF_CHECK(data_of(read("a", {std::nullopt, 2, true})) == (list{"5", "4"}));
  CAF_CHECK(data_of(read("a", {99, 1, true})) == list{"5"});
  CAF_CHECK(data_of(read("a", {1, 10, true})) == list{});
  CAF_CHECK(data_of(read("a", {0, 10, true})) == list{});
}

CAF_TEST(a limit of zero asks for the position alone) {
  publish_many("a", 2);
  const auto page = read("a", {0, 0, false});
  CAF_CHECK(page.top == (stream_position{2, "epoch001"}));
  CAF_CHECK(page.publications.empty());
}

CAF_TEST(a page is never longer than the longest) {
  history.size = 3000;
  publish_many("a", 1500);
  const auto forward = read("a", {0, 5000, false});
  CAF_CHECK_EQUAL(forward.publications.size(), longest_page);
  CAF_CHECK_EQUAL(forward.publications.front()->offset(), 1u);
  const auto backward = read("a", {std::nullopt, 5000, true});
  CAF_CHECK_EQUAL(backward.publications.size(), longest_page);
  CAF_CHECK_EQUAL(backward.publications.front()->offset(), 1500u);
}

CAF_TEST(a page after something trimmed starts at the oldest kept) {
  history.size = 2;
  publish_many("a", 5);
  CAF_CHECK(data_of(read("a", {1, 10, false})) == (list{"4", "5"}));
  CAF_CHECK(data_of(read("a", {2, 10, true})) == list{});
}

CAF_TEST(the last publication that the reader has seen is verified) {
  history.size = 2;
  publish_many("a", 4);
  const stream_position wanted{4, "epoch001"};
  const auto id = "0123456789abcdef";
  CAF_CHECK(store->verify("a", wanted, id, now) == wanted);
  CAF_CHECK(store->verify("a", {3, "epoch001"}, id, now) == wanted);
  CAF_CHECK(store->verify("a", {1, "epoch001"}, "trimmed", now) == wanted);
  CAF_CHECK(store->verify("a", {0, "epoch001"}, "", now) == wanted);
  CAF_CHECK(store->verify("a", {9, "other"}, "other", now) == wanted);
  CAF_CHECK(store->verify("a", {}, "", now) == wanted);
  CAF_CHECK(data_of(read("a")) == (list{"3", "4"}));
}

CAF_TEST(verifying a channel nobody knows begins an epoch) {
  CAF_CHECK(store->verify("a", {3, "epoch000"}, "id", now)
            == (stream_position{0, "epoch001"}));
  CAF_CHECK(top("a") == (stream_position{0, "epoch001"}));
}

CAF_TEST(a top below the position of the reader begins an epoch) {
  publish_many("a", 2);
  CAF_CHECK(store->verify("a", {3, "epoch001"}, "id", now)
            == (stream_position{0, "epoch002"}));
  CAF_CHECK(data_of(read("a")) == list{});
  CAF_CHECK_EQUAL(store->bytes(), 0u);
  CAF_CHECK(publish("a", "x").position == (stream_position{1, "epoch002"}));
}

CAF_TEST(another publication at the offset begins an epoch) {
  publish_many("a", 2);
  CAF_CHECK(store->verify("a", {1, "epoch001"}, "another", now)
            == (stream_position{0, "epoch002"}));
  CAF_CHECK(data_of(read("a")) == list{});
}

CAF_TEST(removed publications leave the position) {
  publish_many("a", 3);
  store->remove("a", now);
  CAF_CHECK_EQUAL(store->bytes(), 0u);
  CAF_CHECK_EQUAL(store->streams(), 0u);
  CAF_CHECK(read("a").publications.empty());
  CAF_CHECK(publish("a", "x").position == (stream_position{4, "epoch001"}));
  CAF_CHECK(data_of(read("a")) == list{"x"});
  store->remove("unknown", now);
  CAF_CHECK_EQUAL(store->positions(), 1u);
}

CAF_TEST(a repeated publish has the first result and does nothing) {
  const idempotency_key key{"key", 5s};
  publish("a", "x", key);
  publish("a", "y");
  const auto again = publish("a", "z", key);
  CAF_CHECK(again.was_repeated);
  CAF_CHECK(again.what == nullptr);
  CAF_CHECK(again.position == (stream_position{1, "epoch001"}));
  CAF_CHECK(data_of(read("a")) == (list{"x", "y"}));
}

CAF_TEST(a repeated publish has the first result even in a later epoch) {
  const idempotency_key key{"key", 5s};
  publish("a", "x", key);
  store->verify("a", {2, "epoch001"}, "id", now);
  CAF_CHECK(publish("a", "x", key).position
            == (stream_position{1, "epoch001"}));
  CAF_CHECK(top("a") == (stream_position{0, "epoch002"}));
}

CAF_TEST(keys of channels without history are known too) {
  history = {};
  const idempotency_key key{"key", 5s};
  CAF_CHECK(!publish("a", "x", key).was_repeated);
  const auto again = publish("a", "x", key);
  CAF_CHECK(again.was_repeated);
  CAF_CHECK(again.position == stream_position{});
}

CAF_TEST(a publish renews the ttl of its stream and a read does not ) {
  publish("a", "x");
  now += 59s;
  publish("a", "y");
  now += 59s;
  CAF_CHECK(data_of(read("a")) == (list{"x", "y"}));
  now += 1s;
  CAF_CHECK(read("a").publications.empty());
  CAF_CHECK(top("a") == (stream_position{2, "epoch001"}));
  CAF_CHECK(publish("a", "z").position == (stream_position{3, "epoch001"}));
  CAF_CHECK(data_of(read("a")) == list{"z"});
}

CAF_TEST(a shorter ttl counts from the publish that brings it) {
  publish("a", "x");
  history.ttl = 1s;
  publish("a", "y");
  now += 1s;
  CAF_CHECK(store->expire(now, 2));
  CAF_CHECK_EQUAL(store->bytes(), 0u);
}

CAF_TEST(a longer ttl than the clock can count never ends) {
  history.ttl = std::chrono::milliseconds::max();
  publish("a", "x");
  now += position_ttl - 1s;
  CAF_CHECK(data_of(read("a")) == list{"x"});
}

CAF_TEST(every touch renews the position) {
  publish("a", "x");
  for (auto touch = 0; touch < 4; ++touch) {
    now += position_ttl - 1s;
    switch (touch) {
    case 0:
      read("a", {});
      break;
    case 1:
      store->verify("a", {1, "epoch001"}, "id", now);
      break;
    case 2:
      store->remove("a", now);
      break;
    case 3:
      publish("a", "y");
      break;
    }
    store->expire(now, 100);
  }
  now += position_ttl - 1s;
  CAF_CHECK(top("a") == (stream_position{2, "epoch001"}));
  now += position_ttl;
  CAF_CHECK(top("a") == (stream_position{0, "epoch002"}));
}

CAF_TEST(a position is kept as long as the limits say) {
  reset({1'000'000, 1000, 1000, 1h});
  publish("a", "x");
  now += 1h - 1s;
  CAF_CHECK(top("a") == (stream_position{1, "epoch001"}));
  now += 1h;
  CAF_CHECK_EQUAL(top("a").offset, 0u);
}

CAF_TEST(a stream does not outlive its position) {
  history.ttl = 2 * position_ttl;
  publish("a", "x");
  now += position_ttl;
  CAF_CHECK(publish("a", "y").position == (stream_position{1, "epoch002"}));
  CAF_CHECK(data_of(read("a")) == list{"y"});
}

CAF_TEST(no call gives back more memory than it is asked to) {
  publish_many("a", 9);
  publish("b", "x", {"key", 1s});
  now += 60s;
  const auto full = store->bytes();
  CAF_CHECK(store->expire(now, 1));
  CAF_CHECK_EQUAL(store->results(), 0u);
  CAF_CHECK_EQUAL(store->bytes(), full);
  CAF_CHECK(store->expire(now, 1));
  CAF_CHECK_EQUAL(store->bytes(), full / 10 * 9);
  CAF_CHECK(store->expire(now, 8));
  CAF_CHECK_EQUAL(store->streams(), 1u);
  CAF_CHECK(!store->expire(now, 9));
  CAF_CHECK_EQUAL(store->bytes(), 0u);
  CAF_CHECK_EQUAL(store->positions(), 2u);
  now += position_ttl;
  CAF_CHECK(store->expire(now, 1));
  CAF_CHECK_EQUAL(store->positions(), 1u);
  CAF_CHECK(!store->expire(now, 100));
  CAF_CHECK_EQUAL(store->positions(), 0u);
}

CAF_TEST(a stream of which some memory was given back cannot be read) {
  publish_many("a", 3);
  now += 60s;
  store->expire(now, 1);
  CAF_CHECK(read("a").publications.empty());
  CAF_CHECK_EQUAL(publish("a", "x").position.offset, 4u);
  CAF_CHECK(data_of(read("a")) == list{"x"});
}

CAF_TEST(the least recently used stream loses its oldest publications first) {
  publish("a", "1");
  const auto each = store->bytes();
  reset({6 * each, 1000, 1000});
  publish_many("a", 3);
  publish_many("b", 3);
  read("a");
  publish("c", "1");
  CAF_CHECK_EQUAL(store->bytes(), 6 * each);
  publish("c", "2");
  CAF_CHECK(data_of(read("b")) == list{"3"});
  CAF_CHECK_EQUAL(top("b").offset, 3u);
  CAF_CHECK(data_of(read("a")) == (list{"1", "2", "3"}));
  CAF_CHECK(data_of(read("c")) == (list{"1", "2"}));
}

CAF_TEST(a stream alone keeps as much as fits) {
  publish("a", "1");
  reset({store->bytes() * 2, 1000, 1000});
  publish_many("a", 5);
  CAF_CHECK(data_of(read("a")) == (list{"4", "5"}));
  const auto large = publish("a", std::string(1000, 'x'));
  CAF_CHECK_EQUAL(large.position.offset, 6u);
  CAF_CHECK_EQUAL(large.what->data().size(), 1000u);
  CAF_CHECK(read("a").publications.empty());
  CAF_CHECK_EQUAL(top("a").offset, 6u);
  CAF_CHECK_EQUAL(store->bytes(), 0u);
}

CAF_TEST(the least recently used position is lost when there are too many) {
  reset({1'000'000, 2, 1000});
  const auto a = publish("a", "x").position;
  const auto b = publish("b", "x").position;
  read("a");
  publish("c", "x");
  CAF_CHECK_EQUAL(store->positions(), 2u);
  CAF_CHECK_EQUAL(store->streams(), 2u);
  CAF_CHECK_EQUAL(top("a").epoch, a.epoch);
  const auto again = publish("b", "y").position;
  CAF_CHECK_EQUAL(again.offset, 1u);
  CAF_CHECK(again.epoch != b.epoch);
}

CAF_TEST_FIXTURE_SCOPE_END()
