#define CAF_SUITE listing_scan

#include "actors/client/loop_reporter.hpp"
#include "actors/runtime/listing_scan.hpp"
#include "tests/actors/support/channels_fixture.hpp"

#include <algorithm>

using namespace rookery;
using namespace rookery::test;

namespace {

struct fixture : channels_fixture {
  listing list(listing_query query) {
    listing_scan scan{std::move(query)};
    slices = 1;
    while (scan.advance(home.loop_actors()))
      ++slices;
    return scan.take();
  }

  int slices = 0;
};

std::string name_in(const listed_actor& actor) {
  return actor.what.channel.value().name;
}

listing_query first(std::uint32_t limit) {
  listing_query result;
  result.limit = limit;
  return result;
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(listing_scan_tests, fixture)

CAF_TEST(pages visit every actor once in the order of ids) {
  start_channels(25);
  std::vector<std::uint64_t> seen;
  auto query = first(10);
  for (int pages = 0; pages < 3; ++pages) {
    const auto page = list(query);
    for (const auto& x : page.actors)
      seen.push_back(x.what.id);
    query.after = page.next;
  }
  CAF_CHECK_EQUAL(query.after, 0u);
  CAF_REQUIRE_EQUAL(seen.size(), 25u);
  for (std::size_t i = 0; i < seen.size(); ++i)
    CAF_CHECK_EQUAL(seen[i], channels[i].handle().id());
}

CAF_TEST(a page that is just full knows whether there are more) {
  start_channels(4);
  CAF_CHECK_EQUAL(list(first(4)).next, 0u);
  CAF_CHECK_EQUAL(list(first(3)).next, channels[2].handle().id());
}

CAF_TEST(pages by name visit every channel once in the order of names) {
  start_channels(25);
  std::vector<std::string> seen;
  auto query = first(10);
  query.order = listing_order::name;
  do {
    const auto page = list(query);
    for (const auto& x : page.actors)
      seen.push_back(name_in(x));
    query.after_name = page.next_name;
  } while (!query.after_name.empty());
  CAF_CHECK_EQUAL(seen.size(), 25u);
  CAF_CHECK(std::ranges::is_sorted(seen));
  CAF_CHECK(std::ranges::adjacent_find(seen) == seen.end());
}

CAF_TEST(a prefix chooses channels) {
  start_channels(25);
  auto query = first(100);
  query.prefix = "1";
  CAF_CHECK_EQUAL(list(query).actors.size(), 11u); // 1 and 10 to 19
  query.order = listing_order::name;
  query.prefix = "2";
  const auto page = list(query);
  CAF_REQUIRE_EQUAL(page.actors.size(), 6u);
  CAF_CHECK_EQUAL(name_in(page.actors[1]), "20");
}

CAF_TEST(names choose channels) {
  start_channels(25);
  auto query = first(100);
  query.order = listing_order::name;
  query.names = {"11", "7", "no such name"};
  const auto page = list(query);
  CAF_REQUIRE_EQUAL(page.actors.size(), 2u);
  CAF_CHECK_EQUAL(name_in(page.actors[0]), "11");
  CAF_CHECK_EQUAL(name_in(page.actors[1]), "7");
}

CAF_TEST(a listing by a count begins with the largest and ends with zero) {
  start_channels(3);
  for (int i = 0; i < 2; ++i)
    self->send(channels[1].handle(), gapped{});
  self->send(channels[2].handle(), gapped{});
  settle();
  auto query = first(10);
  query.order = listing_order::handled;
  const auto page = list(query);
  CAF_REQUIRE_EQUAL(page.actors.size(), 3u);
  CAF_CHECK_EQUAL(page.actors[0].what.id, channels[1].handle().id());
  CAF_CHECK_EQUAL(page.actors[1].what.id, channels[2].handle().id());
  CAF_CHECK_EQUAL(page.actors[2].what.id, channels[0].handle().id());
  query.limit = 1;
  const auto top = list(query);
  CAF_REQUIRE_EQUAL(top.actors.size(), 1u);
  CAF_CHECK_EQUAL(top.actors[0].what.id, channels[1].handle().id());
}

CAF_TEST(channels that missed something can be chosen) {
  start_channels(3);
  self->send(channels[1].handle(), gapped{});
  settle();
  auto query = first(10);
  query.has_gaps = true;
  const auto page = list(query);
  CAF_REQUIRE_EQUAL(page.actors.size(), 1u);
  CAF_CHECK_EQUAL(page.actors[0].what.id, channels[1].handle().id());
}

CAF_TEST(no slice looks at all of many actors) {
  start_channels(5'000);
  auto query = first(10);
  query.order = listing_order::name;
  CAF_CHECK_EQUAL(list(query).actors.size(), 10u);
  CAF_CHECK_GREATER_OR_EQUAL(slices, 3);
}

CAF_TEST(an actor that ended is not listed) {
  start_channels(3);
  caf::anon_send_exit(channels[1].handle(), caf::exit_reason::kill);
  settle();
  CAF_CHECK_EQUAL(list(first(10)).actors.size(), 2u);
  CAF_CHECK(!home.loop_actors().find(channels[1].handle().id()));
  CAF_CHECK(home.loop_actors().find(channels[2].handle().id()));
}

CAF_TEST(a page can be limited to a kind) {
  start_channels(2);
  const auto reporter = spawn_pinned<loop_reporter>(sys, home, nullptr);
  auto query = first(10);
  query.kind = "loop";
  const auto page = list(query);
  CAF_REQUIRE_EQUAL(page.actors.size(), 1u);
  CAF_CHECK_EQUAL(page.actors[0].what.id, reporter.handle().id());
  CAF_CHECK_EQUAL(page.actors[0].what.loop, 3u);
  caf::anon_send_exit(reporter.handle(), caf::exit_reason::kill);
  settle();
}

CAF_TEST_FIXTURE_SCOPE_END()
