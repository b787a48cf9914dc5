#define CAF_SUITE channel_newcomers

#include "tests/actors/support/stream_fixture.hpp"

using namespace rookery;
using namespace rookery::test;

namespace {

using fixture = stream_fixture;
using strings = std::vector<std::string>;

} // namespace

CAF_TEST_FIXTURE_SCOPE(channel_newcomers_tests, fixture)

CAF_TEST(a newcomer who is up to date costs no read) {
  start();
  live();
  join_from(1, 1);
  CAF_CHECK_EQUAL(told, (strings{"1", "admit 1 recovered"}));
  CAF_CHECK(!asked);
}

CAF_TEST(what was passed on lately is kept for newcomers) {
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
  for (std::uint64_t i = 0; i < 10; ++i)
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

CAF_TEST(who comes during a read is admitted behind it) {
  start();
  publish();
  live();
  join_from(7, 0);
  stream.join(8, nullptr);
  answer_all();
  CAF_CHECK_EQUAL(told,
                  (strings{"1", "2", "admit 7 recovered 1 2", "admit 8"}));
}

CAF_TEST(a newcomer from too far back is not recovered) {
  size = 1000;
  for (auto i = 0; i < 500; ++i)
    publish();
  start();
  join_from(1, 100);
  CAF_CHECK_EQUAL(told, strings{"admit 1"});
  join_from(2, 400);
  answer_all();
  CAF_CHECK_EQUAL(told.back().substr(0, 21), "admit 2 recovered 401");
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

CAF_TEST(a newcomer of another epoch is not recovered) {
  start();
  const stream_start from{0, "other"};
  stream.join(1, &from);
  CAF_CHECK_EQUAL(told, strings{"admit 1"});
}

CAF_TEST(a newcomer who has seen more than we have makes us look) {
  start();
  live();
  publish();
  join_from(1, 2);
  answer_all();
  CAF_CHECK_EQUAL(told, (strings{"1", "2", "admit 1 recovered"}));
}

CAF_TEST(who gave up is not admitted) {
  stream.join(1, nullptr);
  stream.join(2, nullptr);
  stream.give_up(1);
  stream.interrupted();
  answer_all();
  CAF_CHECK_EQUAL(told, strings{"admit 2"});
}

CAF_TEST_FIXTURE_SCOPE_END()
