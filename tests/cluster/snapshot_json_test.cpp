#define CAF_SUITE snapshot_json

#include "cluster/snapshot_json.hpp"

#include <caf/test/unit_test.hpp>

#include <nlohmann/json.hpp>

using namespace rookery;

namespace {

snapshot channel_named(std::string name) {
  snapshot result;
  result.kind = "channel";
  result.id = 7;
  result.loop = 1;
  result.age = std::chrono::seconds{3};
  result.handled = 12;
  result.add("name", std::move(name));
  result.add("members", 2);
  result.add_flag("confirmed", true);
  return result;
}

} // namespace

CAF_TEST(a snapshot shows its own facts beside what all have) {
  const auto seen = nlohmann::json::parse(to_json(channel_named("a\"b")));
  CAF_CHECK_EQUAL(seen.at("kind").get<std::string>(), "channel");
  CAF_CHECK_EQUAL(seen.at("id").get<int>(), 7);
  CAF_CHECK_EQUAL(seen.at("age_seconds").get<int>(), 3);
  CAF_CHECK_EQUAL(seen.at("facts").at("name").get<std::string>(), "a\"b");
  CAF_CHECK_EQUAL(seen.at("facts").at("members").get<int>(), 2);
  CAF_CHECK(seen.at("facts").at("confirmed").get<bool>());
}

CAF_TEST(bytes that are not text do not break a page) {
  const auto text = to_json(channel_named("\xff"));
  CAF_CHECK(nlohmann::json::accept(text));
}

CAF_TEST(only a page with more behind it has a next) {
  listing page;
  page.actors.push_back(channel_named("x"));
  CAF_CHECK(!nlohmann::json::parse(to_json(page)).contains("next"));
  page.next = 7;
  CAF_CHECK_EQUAL(nlohmann::json::parse(to_json(page)).at("next").get<int>(),
                  7);
}
