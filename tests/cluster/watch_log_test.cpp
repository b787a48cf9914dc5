#define CAF_SUITE watch_log

#include "cluster/admin/watch_log.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

using json = admin_json;

query_answers page(std::vector<int> connections, int last) {
  query_answers answers;
  answers.known.self = {"a", "a", "1"};
  auto events = json::array();
  for (const auto each : connections)
    events.push_back({{"at", each}, {"what", "closed"}, {"connection", each}});
  json part{{"events", std::move(events)}, {"last", last}};
  json answer{{"parts", json::array({std::move(part)})}};
  query_answers::node node;
  node.who = {"a", "a", "1"};
  node.answers = json::array({std::move(answer)});
  answers.nodes.push_back(std::move(node));
  return answers;
}

events_query query_of(const watch_log& log) {
  return std::get<events_query>(log.next().queries.at(0));
}

publication_ptr make(std::string_view data) {
  return publication::make("c", data, payload_kind::text);
}

} // namespace

CAF_TEST(nodes are asked for entries since their last answer) {
  watch_log log{{"c", "", 0, ""}};
  const auto first = query_of(log);
  CAF_REQUIRE(first.known);
  CAF_CHECK(first.known->empty());
  CAF_CHECK_EQUAL(first.what.channel, "c");
  log.take(page({}, 7));
  const auto second = query_of(log);
  CAF_CHECK_EQUAL(second.known->at("a").at(0), 7u);
  CAF_CHECK(log.empty());
}

CAF_TEST(events are told in their order and once) {
  watch_log log{{"c", "", 0, ""}};
  log.take(page({1, 2, 3}, 3));
  const auto told = log.tell();
  CAF_REQUIRE_EQUAL(told.at("events").size(), 3u);
  CAF_CHECK_EQUAL(told["events"][0].at("connection").get<int>(), 1);
  CAF_CHECK_EQUAL(told["events"][2].at("connection").get<int>(), 3);
  CAF_CHECK(log.empty());
}

CAF_TEST(a publication is shown with its beginning) {
  watch_log log{{"c", "", 0, ""}};
  log.take(*make(std::string(500, 'x')), 5ms);
  const auto told = log.tell();
  const auto& event = told.at("events").at(0);
  CAF_CHECK_EQUAL(event.at("what").get<std::string>(), "published");
  CAF_CHECK_EQUAL(event.at("bytes").get<int>(), 500);
  CAF_CHECK_EQUAL(event.at("text").get<std::string>(), std::string(200, 'x'));
}

CAF_TEST(no character is cut in two) {
  watch_log log{{"c", "", 0, ""}};
  std::string text = "x";
  for (int i = 0; i < 200; ++i)
    text += "\xc3\xa9";
  log.take(*make(text), 5ms);
  const auto told = log.tell();
  CAF_CHECK_EQUAL(told.at("events").at(0).at("text").get<std::string>().size(),
                  199u);
}

CAF_TEST(bytes that are no text are not shown) {
  watch_log log{{"c", "", 0, ""}};
  log.take(*publication::make("c", "\xff", payload_kind::binary), 5ms);
  CAF_CHECK(!log.tell().at("events").at(0).contains("text"));
}

CAF_TEST(events beyond the most of one answer are counted) {
  watch_log log{{"c", "", 0, ""}};
  for (std::size_t i = 0; i < watch_log::max_events + 7; ++i)
    log.take(*make("x"), 5ms);
  const auto told = log.tell();
  CAF_CHECK_EQUAL(told.at("events").size(), watch_log::max_events);
  CAF_CHECK_EQUAL(told.at("skipped").get<int>(), 7);
  CAF_CHECK_EQUAL(log.tell().at("skipped").get<int>(), 0);
}
