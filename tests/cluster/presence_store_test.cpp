#define CAF_SUITE presence_store

#include "cluster/memory/presence_store.hpp"

#include <caf/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace rookery;

namespace {

using everyone = std::vector<present_client>;

presence_info info_of(std::string_view user) {
  return {std::string{user}, R"({"name":"x"})", R"({"role":"y"})"};
}

struct fixture {
  everyone sorted(std::string_view channel) const {
    auto result = store.list(channel, 1000);
    std::sort(result.begin(), result.end(),
              [](const auto& x, const auto& y) { return x.client < y.client; });
    return result;
  }

  presence_store store;
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(presence_store_tests, fixture)

CAF_TEST(a client is new on each channel once) {
  CAF_CHECK(store.add("a", "1", info_of("ann")));
  CAF_CHECK(!store.add("a", "1", info_of("ann")));
  CAF_CHECK(store.add("b", "1", info_of("ann")));
  CAF_CHECK(sorted("a") == (everyone{{"1", info_of("ann")}}));
}

CAF_TEST(a client is there until it is removed) {
  store.add("a", "1", info_of("ann"));
  store.add("a", "2", info_of("bob"));
  CAF_CHECK(store.remove("a", "1"));
  CAF_CHECK(!store.remove("a", "1"));
  CAF_CHECK(!store.remove("unknown", "1"));
  CAF_CHECK(sorted("a") == (everyone{{"2", info_of("bob")}}));
  CAF_CHECK(store.add("a", "1", info_of("ann")));
}

CAF_TEST(the last info of a client counts) {
  store.add("a", "1", info_of("ann"));
  store.add("a", "2", info_of("ann"));
  presence_info other{"bob", "{}", "[]"};
  CAF_CHECK(!store.add("a", "2", other));
  CAF_CHECK(sorted("a") == (everyone{{"1", info_of("ann")}, {"2", other}}));
  CAF_CHECK(store.stats("a") == (presence_stats{2, 2}));
  store.add("a", "2", info_of("ann"));
  CAF_CHECK(store.stats("a") == (presence_stats{2, 1}));
}

CAF_TEST(a user with several clients counts once) {
  store.add("a", "1", info_of("ann"));
  store.add("a", "2", info_of("ann"));
  store.add("a", "3", info_of(""));
  store.add("a", "4", info_of(""));
  store.add("b", "5", info_of("bob"));
  CAF_CHECK(store.stats("a") == (presence_stats{4, 2}));
  store.remove("a", "1");
  CAF_CHECK(store.stats("a") == (presence_stats{3, 2}));
  store.remove("a", "2");
  CAF_CHECK(store.stats("a") == (presence_stats{2, 1}));
}

CAF_TEST(a list is no longer than asked for) {
  for (auto client = 0; client < 10; ++client)
    store.add("a", std::to_string(client), info_of("ann"));
  CAF_CHECK_EQUAL(store.list("a", 0).size(), 0u);
  CAF_CHECK_EQUAL(store.list("a", 4).size(), 4u);
  CAF_CHECK_EQUAL(store.list("a", 10).size(), 10u);
  CAF_CHECK_EQUAL(store.list("a", -1).size(), 10u);
}

CAF_TEST(a channel without clients is forgotten) {
  CAF_CHECK(store.list("a", 10).empty());
  CAF_CHECK(store.stats("a") == presence_stats{});
  CAF_CHECK_EQUAL(store.channels(), 0u);
  store.add("a", "1", info_of("ann"));
  store.add("a", "2", info_of("ann"));
  CAF_CHECK_EQUAL(store.channels(), 1u);
  store.remove("a", "1");
  CAF_CHECK_EQUAL(store.channels(), 1u);
  store.remove("a", "2");
  CAF_CHECK_EQUAL(store.channels(), 0u);
  CAF_CHECK(store.stats("a") == presence_stats{});
}

CAF_TEST(random comings and goings are counted right) {
  std::mt19937 random{3};
  std::map<std::string, std::string> user_of;
  for (auto step = 0; step < 5000; ++step) {
    const auto client = std::to_string(random() % 20);
    const auto user = std::to_string(random() % 8);
    const auto was_there = user_of.count(client) == 1;
    if (random() % 2 == 0) {
      CAF_REQUIRE_EQUAL(store.add("a", client, info_of(user)), !was_there);
      user_of[client] = user;
    } else {
      CAF_REQUIRE_EQUAL(store.remove("a", client).has_value(), was_there);
      user_of.erase(client);
    }
    std::set<std::string> users;
    for (const auto& each : user_of)
      users.insert(each.second);
    CAF_REQUIRE(store.stats("a")
                == (presence_stats{user_of.size(), users.size()}));
  }
}

CAF_TEST_FIXTURE_SCOPE_END()
