#define CAF_SUITE channel_newcomers

#include "tests/actors/support/stream_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

using fixture = stream_fixture;
using strings = std::vector<std::string>;

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_newcomers_tests, fixture)

CAF_TEST(a newcomer that is up to date costs no read) {
  start();
  live();
  join_from(1, 1);
  CAF_CHECK_EQUAL(told, (strings{"1", "admit 1 recovered"}));
  CAF_CHECK(!asked);
}

CAF_TEST(recent publications are kept for newcomers) {
  start();
  for (auto i = 0; i < 5; ++i)
    live();
  told.clear();
  join_from(1, 2);
  CAF_CHECK_EQUAL(told, strings{"admit 1 recovered 3 4 5"});
  CAF_CHECK(!asked);
}

CAF_TEST(a herd of recovering newcomers costs one read) {
  for (auto i = 0; i < 10; ++i)
    publish();
  for (std::uint32_t i = 0; i < 10; ++i)
    join_from(i, i);
  stream.interrupted();
  answer();
  CAF_CHECK(!asked);
  CAF_REQUIRE_EQUAL(told.size(), 10u);
  CAF_CHECK_EQUAL(told[0], "admit 0 recovered 1 2 3 4 5 6 7 8 9 10");
  CAF_CHECK_EQUAL(told[9], "admit 9 recovered 10");
  join_from(11, 5);
  CAF_CHECK_EQUAL(told.back(), "admit 11 recovered 6 7 8 9 10");
  CAF_CHECK_EQUAL(reads, 1);
}

CAF_TEST(newcomers during a read are admitted after it) {
  start();
  publish();
  live();
  join_from(7, 0);
  join(8);
  answer_all();
  CAF_CHECK_EQUAL(told,
                  (strings{"1", "2", "admit 7 recovered 1 2", "admit 8"}));
}

CAF_TEST(a newcomer recovers however much it has missed) {
  size = 1000;
  for (auto i = 0; i < 900; ++i)
    publish();
  start();
  longest = 200;
  join_from(1, 100);
  answer_all();
  CAF_REQUIRE_EQUAL(told.size(), 601u);
  CAF_CHECK_EQUAL(told[0].substr(0, 21), "admit 1 recovered 101");
  CAF_CHECK_EQUAL(told[1], "1 gets 301");
  CAF_CHECK_EQUAL(told.back(), "1 gets 900");
}

CAF_TEST(a newcomer whose place is trimmed is not recovered) {
  size = 2;
  for (auto i = 0; i < 6; ++i)
    publish();
  start();
  join_from(1, 2);
  join_from(2, 4);
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"admit 1", "admit 2 recovered 5 6"}));
}

CAF_TEST(a newcomer does not recover more than the history keeps) {
  size = 2'000;
  start();
  for (auto i = 0; i < 1'500; ++i)
    live();
  told.clear();
  join_from(1, 499);
  CAF_CHECK_EQUAL(told, strings{"admit 1"});
  join_from(2, 500);
  CAF_CHECK_EQUAL(told.back().substr(0, 21), "admit 2 recovered 501");
}

CAF_TEST(a newcomer of another epoch is not recovered) {
  start();
  join_from(1, 0, "other");
  // The stream may not know of an epoch that has begun since its last read.
  CAF_CHECK_EQUAL(told, strings{});
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"admit 1"});
}

CAF_TEST(a newcomer ahead of the channel causes a read) {
  start();
  live();
  publish();
  join_from(1, 2);
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "admit 1 recovered"}));
}

CAF_TEST(a newcomer that has left is not admitted) {
  const auto first = join(1);
  join(2);
  late.leave(first);
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"admit 2"});
}

CAF_TEST_FIXTURE_SCOPE_END()
