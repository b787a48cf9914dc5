#define CAF_SUITE admin_rows

#include "cluster/admin/admin_rows.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

using json = admin_json;

json row(std::uint64_t id, json facts = json::object()) {
  return {{"id", id}, {"measure", id}, {"facts", facts}};
}

json part(json rows, std::uint64_t next = 0, const char* next_name = "") {
  return {{"rows", std::move(rows)}, {"next", next}, {"next_name", next_name}};
}

json channel(std::uint64_t id, const char* name, int members = 1,
             int publications = 0) {
  return row(id, {{"name", name},
                  {"members", members},
                  {"publications", publications},
                  {"deliveries", publications},
                  {"per_second", publications},
                  {"gaps", 0}});
}

struct fixture {
  template <class... Parts>
  void add(const char* name, Parts... parts) {
    query_answers::node node;
    node.who = {name, name, "1"};
    json answer{{"parts", json::array({parts...})}};
    node.answers = json::array({std::move(answer)});
    answers.nodes.push_back(std::move(node));
  }

  std::string ids(const admin_rows& page) {
    std::string result;
    for (const auto& each : page.rows)
      result += each.at("node").get<std::string>()
                + std::to_string(each.at("id").get<int>()) + " ";
    return result + page.next;
  }

  std::string names(const admin_rows& page) {
    std::string result;
    for (const auto& each : page.rows)
      result += each.at("name").get<std::string>() + " ";
    return result + page.next;
  }

  listing_query query(listing_order order, std::uint32_t limit) {
    listing_query result;
    result.order = order;
    result.limit = limit;
    return result;
  }

  query_answers answers;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(admin_rows_tests, fixture)

CAF_TEST(rows of all loops and nodes come in the order of ids) {
  add("a", part(json::array({row(1), row(4)})), part(json::array({row(2)})));
  add("b", part(json::array({row(3)})));
  CAF_CHECK_EQUAL(ids(join_actors(answers, 0, query(listing_order::id, 10))),
                  "a1 a2 b3 a4 ");
}

CAF_TEST(a page ends where the first part ends that has more) {
  add("a", part(json::array({row(1), row(5)}), 5));
  add("b", part(json::array({row(3), row(7)})));
  CAF_CHECK_EQUAL(ids(join_actors(answers, 0, query(listing_order::id, 10))),
                  "a1 b3 a5 5");
}

CAF_TEST(a page does not end between two nodes with one id) {
  add("a", part(json::array({row(1), row(2), row(3)})));
  add("b", part(json::array({row(1), row(2), row(3)})));
  CAF_CHECK_EQUAL(ids(join_actors(answers, 0, query(listing_order::id, 3))),
                  "a1 b1 a2 b2 2");
}

CAF_TEST(rows by a count begin with the largest and have no next page) {
  add("a", part(json::array({row(1), row(5)})));
  add("b", part(json::array({row(3)})));
  CAF_CHECK_EQUAL(
    ids(join_actors(answers, 0, query(listing_order::handled, 2))), "a5 b3 ");
}

CAF_TEST(the parts of a channel are one row) {
  add("a", part(json::array({channel(1, "x", 2, 7)})),
      part(json::array({channel(2, "x", 3, 7)})));
  add("b", part(json::array({channel(1, "x", 4, 6)})));
  const auto page = join_channels(answers, 0, query(listing_order::name, 10));
  CAF_REQUIRE_EQUAL(page.rows.size(), 1u);
  CAF_CHECK_EQUAL(page.rows[0].at("members").get<int>(), 9);
  CAF_CHECK_EQUAL(page.rows[0].at("publications").get<int>(), 7);
  CAF_CHECK_EQUAL(page.rows[0].at("nodes").get<int>(), 2);
}

CAF_TEST(a page of names ends where the first part ends that has more) {
  add("a", part(json::array({channel(1, "a"), channel(2, "c")}), 0, "c"));
  add("b", part(json::array({channel(1, "b"), channel(2, "d")})));
  CAF_CHECK_EQUAL(
    names(join_channels(answers, 0, query(listing_order::name, 9))), "a b c c");
  CAF_CHECK_EQUAL(
    names(join_channels(answers, 0, query(listing_order::name, 2))), "a b b");
}

CAF_TEST(a part that failed is left out) {
  add("a", json{{"error", "no answer"}}, part(json::array({row(2)})));
  CAF_CHECK_EQUAL(ids(join_actors(answers, 0, query(listing_order::id, 10))),
                  "a2 ");
}

CAF_TEST(events come newest first) {
  const auto event = [](int at, int connection) {
    return json{{"at", at}, {"what", "closed"}, {"connection", connection}};
  };
  add("a",
      json{{"events", json::array({event(1, 1), event(5, 2)})}, {"last", 2}});
  add("b", json{{"events", json::array({event(3, 3)})}, {"last", 1}});
  const auto events = join_events(answers, 0, 2);
  CAF_REQUIRE_EQUAL(events.size(), 2u);
  CAF_CHECK_EQUAL(events[0].at("connection").get<int>(), 2);
  CAF_CHECK_EQUAL(events[1].at("connection").get<int>(), 3);
}

CAF_TEST_FIXTURE_SCOPE_END()
