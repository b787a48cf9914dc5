#define CAF_SUITE bus_history

#include "tests/cluster/support/every_bus.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using events = std::vector<std::string>;

const publish_terms kept{{3, 1min}, {}};

history_request from(std::optional<std::uint64_t> since, std::uint32_t limit,
                     bool reverse = false) {
  return {{since, limit, reverse}, {}, {}};
}

events texts(const history_answer& answer) {
  events result;
  CAF_REQUIRE(answer.page != nullptr);
  for (const auto& each : answer.page->publications)
    result.push_back(recording_channel::text_of(*each));
  return result;
}

} // namespace

CAF_TEST(publications of a history are numbered and told so) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    rig.want_on(1, "lobby", ann);
    CAF_REQUIRE(ann.await("confirm"));
    const auto first = rig.publish_with(kept, "lobby", "a");
    const auto second = rig.publish_with(kept, "lobby", "b");
    CAF_CHECK(first.verdict == publish_verdict::accepted);
    CAF_CHECK_EQUAL(first.position.offset, 1u);
    CAF_CHECK_EQUAL(second.position.offset, 2u);
    CAF_CHECK(!first.position.epoch.empty());
    CAF_CHECK_EQUAL(first.position.epoch, second.position.epoch);
    CAF_REQUIRE(ann.await("2:b"));
    CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "1:a", "2:b"}));
  });
}

CAF_TEST(a history is read forwards and backwards) {
  with_every_bus([](bus_rig& rig) {
    for (const auto* data : {"a", "b", "c", "d"})
      rig.publish_with(kept, "lobby", data);
    CAF_CHECK_EQUAL(texts(rig.read("lobby", from({}, 10))),
                    (events{"2:b", "3:c", "4:d"}));
    CAF_CHECK_EQUAL(texts(rig.read("lobby", from(2, 1))), events{"3:c"});
    CAF_CHECK_EQUAL(texts(rig.read("lobby", from({}, 2, true))),
                    (events{"4:d", "3:c"}));
    CAF_CHECK_EQUAL(texts(rig.read("lobby", from(4, 10, true))),
                    (events{"3:c", "2:b"}));
    const auto top = rig.read("lobby", from({}, 0));
    CAF_CHECK_EQUAL(texts(top), events{});
    CAF_CHECK_EQUAL(top.page->top.offset, 4u);
  });
}

CAF_TEST(a history that was removed goes on where it was) {
  with_every_bus([](bus_rig& rig) {
    rig.publish_with(kept, "lobby", "a");
    const auto before = rig.publish_with(kept, "lobby", "b").position;
    CAF_CHECK(rig.remove("lobby").verdict == publish_verdict::accepted);
    const auto emptied = rig.read("lobby", from({}, 10));
    CAF_CHECK_EQUAL(texts(emptied), events{});
    CAF_CHECK(emptied.page->top == before);
    CAF_CHECK_EQUAL(rig.publish_with(kept, "lobby", "c").position.offset, 3u);
    CAF_CHECK_EQUAL(texts(rig.read("lobby", from({}, 10))), events{"3:c"});
    CAF_CHECK(rig.remove("nobody").verdict == publish_verdict::accepted);
  });
}

CAF_TEST(the first use of a channel makes its position) {
  with_every_bus([](bus_rig& rig) {
    const auto before = rig.read("lobby", from({}, 0));
    CAF_REQUIRE(before.page != nullptr);
    CAF_CHECK_EQUAL(before.page->top.offset, 0u);
    CAF_CHECK(!before.page->top.epoch.empty());
    const auto first = rig.publish_with(kept, "lobby", "a");
    CAF_CHECK_EQUAL(first.position.epoch, before.page->top.epoch);
  });
}

CAF_TEST(publications from a history carry their fields) {
  with_every_bus([](bus_rig& rig) {
    std::string fields;
    append_field(fields, field_tag::user, "ann");
    (*rig.self)->send(
      rig.buses->owner_of("lobby").handle(),
      publish_command{publication::make("lobby", "\xff\x00",
                                        payload_kind::binary,
                                        publication_fields{fields}),
                      ++rig.ticket, acknowledge::always, charge{}, kept});
    rig.answer<publish_outcome>();
    const auto answer = rig.read("lobby", from({}, 1));
    CAF_REQUIRE(answer.page && answer.page->publications.size() == 1);
    const auto& what = *answer.page->publications.front();
    CAF_CHECK_EQUAL(what.fields().find(field_tag::user), "ann");
    CAF_CHECK_EQUAL(what.fields().find(field_tag::epoch),
                    answer.page->top.epoch);
    CAF_CHECK(what.kind() == payload_kind::binary);
  });
}

CAF_TEST(publishes with one key happen once) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    rig.want_on(0, "lobby", ann);
    rig.want_on(0, "plain", ann);
    CAF_REQUIRE(ann.await_size(2));
    publish_terms terms{kept.history, {"key", 1min}};
    const auto first = rig.publish_with(terms, "lobby", "a");
    const auto again = rig.publish_with(terms, "lobby", "b");
    CAF_CHECK(again.verdict == publish_verdict::accepted);
    CAF_CHECK(again.position == first.position);
    terms.history = {};
    rig.publish_with(terms, "plain", "c");
    rig.publish_with(terms, "plain", "d");
    // The last ones show that nothing else came before them. The channels may
    // belong to different loops, and then have no order among each other.
    rig.publish("lobby", "end of lobby");
    rig.publish("plain", "end of plain");
    CAF_REQUIRE(ann.await("end of lobby") && ann.await("end of plain"));
    auto seen = ann.events();
    std::ranges::sort(seen);
    CAF_CHECK_EQUAL(seen, (events{"1:a", "c", "confirm", "confirm",
                                  "end of lobby", "end of plain"}));
  });
}

CAF_TEST(a reader ahead of the history begins a new epoch) {
  with_every_bus([](bus_rig& rig) {
    const auto first = rig.publish_with(kept, "lobby", "a");
    auto asked = from({}, 10);
    asked.known = {first.position.offset + 5, first.position.epoch};
    asked.known_id = "0123456789abcdef";
    const auto answer = rig.read("lobby", asked);
    CAF_REQUIRE(answer.page != nullptr);
    CAF_CHECK(answer.page->top.epoch != first.position.epoch);
    CAF_CHECK_EQUAL(answer.page->top.offset, 0u);
    CAF_CHECK_EQUAL(texts(answer), events{});
  });
}

CAF_TEST(a reader of another epoch changes nothing) {
  with_every_bus([](bus_rig& rig) {
    const auto first = rig.publish_with(kept, "lobby", "a");
    auto asked = from({}, 10);
    asked.known = {9, "other"};
    const auto answer = rig.read("lobby", asked);
    CAF_CHECK(answer.page->top == first.position);
    CAF_CHECK_EQUAL(texts(answer), events{"1:a"});
  });
}

CAF_TEST(a client is announced once when it enters and leaves) {
  with_every_bus([](bus_rig& rig) {
    auto& ann = rig.new_log();
    rig.want_on(1, "lobby", ann);
    CAF_REQUIRE(ann.await("confirm"));
    const present_client eve{"c1", {"eve", R"({"a":1})", ""}};
    const auto tell_bus = [&](auto what) {
      (*rig.self)->send(rig.buses->owner_of("lobby").handle(), std::move(what));
    };
    CAF_CHECK(eventually([&] {
      tell_bus(presence_enter{"lobby", eve, true});
      return rig.who_is_on("lobby").page->stats.clients == 1;
    }));
    tell_bus(presence_enter{"lobby", {"c2", {"eve", "", ""}}, false});
    const auto both = rig.who_is_on("lobby");
    CAF_REQUIRE(both.page != nullptr);
    CAF_CHECK_EQUAL(both.page->stats.clients, 2u);
    CAF_CHECK_EQUAL(both.page->stats.users, 1u);
    CAF_CHECK_EQUAL(both.page->clients.size(), 2u);
    const auto found =
      std::find(both.page->clients.begin(), both.page->clients.end(), eve);
    CAF_CHECK(found != both.page->clients.end());
    CAF_CHECK(rig.who_is_on("lobby", 0).page->clients.empty());
    tell_bus(presence_leave{"lobby", "c1", true});
    tell_bus(presence_leave{"lobby", "c2", false});
    tell_bus(presence_leave{"lobby", "c3", true});
    CAF_CHECK(eventually(
      [&] { return rig.who_is_on("lobby").page->stats.clients == 0; }));
    CAF_REQUIRE(ann.await("leave:c1"));
    CAF_CHECK_EQUAL(ann.events(), (events{"confirm", "join:c1", "leave:c1"}));
  });
}
