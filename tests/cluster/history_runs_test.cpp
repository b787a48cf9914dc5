#define CAF_SUITE history_runs

#include "cluster/bridge/history_scripts.hpp"
#include "tests/cluster/support/history_rig.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;

namespace {

/// The server as it is after a restart: another run.
struct fixture : history_rig {
  fixture() {
    publish_many(8);
    run({"HSET", position, "r", "another"});
  }

  history_page read_all() { return read({.limit = longest_page}); }

  /// Publishes in a run that may have less than the one before.
  history_published publish_next(std::string_view id,
                                 std::string_view epoch = "epochNEW") {
    const auto fields = fields_of(id);
    auto what = request(id, fields);
    what.common.new_epoch = epoch;
    return history_rig::publish(what);
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(history_runs_tests, fixture)

CAF_TEST(the first publication in another run begins an epoch that goes on) {
  CAF_CHECK_EQUAL(text(publish_next("9").position), "9:epochNEW");
  CAF_CHECK_EQUAL(text(publish_next("10", "epochXXX").position), "10:epochNEW");
  const auto page = read_all();
  CAF_CHECK_EQUAL(text(page), "10:epochNEW 1 2 3 4 5 6 7 8 9 10");
  CAF_REQUIRE_EQUAL(page.earlier.size(), 1u);
  CAF_CHECK_EQUAL(text(page.earlier[0]), "8:epochAAA");
}

CAF_TEST(a reader leaves the epoch as it is) {
  CAF_CHECK_EQUAL(text(read_all().top), "8:epochAAA");
  CAF_CHECK_EQUAL(verify({8, "epochAAA"}, "8"), "8:epochAAA");
  CAF_CHECK(read_all().earlier.empty());
}

CAF_TEST(a position of an earlier epoch is good up to the end of that epoch) {
  publish_next("9");
  publish_next("10");
  CAF_CHECK_EQUAL(verify({8, "epochAAA"}, "8"), "10:epochNEW");
  CAF_CHECK_EQUAL(verify({3, "epochAAA"}, ""), "10:epochNEW");
  CAF_CHECK_EQUAL(verify({10, "epochNEW"}, "10"), "10:epochNEW");
  CAF_CHECK_EQUAL(verify({9, "epochAAA"}, "9"), "0:epochCCC");
  CAF_CHECK_EQUAL(all(), "0:epochCCC");
}

CAF_TEST(another publication in an earlier epoch is a loss) {
  publish_next("9");
  CAF_CHECK_EQUAL(verify({8, "epochAAA"}, "eight"), "0:epochCCC");
}

CAF_TEST(epochs are forgotten with their last publications) {
  for (auto i = 9; i <= 25; ++i) {
    run({"HSET", position, "r", "another"});
    const auto epoch = "epochN" + std::to_string(10 + i);
    publish_next(std::to_string(i), epoch);
  }
  const auto page = read_all();
  CAF_CHECK_EQUAL(text(page).substr(0, 14), "25:epochN35 16");
  CAF_REQUIRE_EQUAL(page.earlier.size(), 10u);
  CAF_CHECK_EQUAL(text(page.earlier.front()), "24:epochN34");
  CAF_CHECK_EQUAL(text(page.earlier.back()), "15:epochN25");
}

CAF_TEST(an epoch begins with the run of its reader) {
  run({"FLUSHALL"});
  CAF_CHECK_EQUAL(all(), "0:epochBBB");
  CAF_CHECK_EQUAL(text(publish_next("1").position), "1:epochBBB");
}

CAF_TEST(a run that the node does not know any more changes nothing) {
  run({"HSET", position, "r", run_id()});
  const auto fields = fields_of("9");
  auto what = request("9", fields);
  what.common.new_epoch = "epochNEW";
  for (const auto& outdated :
       {std::string(run_id().size(), '0'), std::string{}}) {
    what.common.run = outdated;
    CAF_CHECK_EQUAL(history_rig::publish(what).position.epoch, "epochAAA");
  }
}

CAF_TEST(a position of an earlier rookery begins a new epoch) {
  run({"HDEL", position, "r"});
  CAF_CHECK_EQUAL(text(publish_next("9").position), "9:epochNEW");
}

CAF_TEST(earlier epochs that cannot be read are ignored) {
  for (const auto* earlier : {"x", ":", "epochAAA:", "epochAAA:x 1:2", "  "}) {
    run({"DEL", log});
    run({"HSET", position, "p", earlier});
    CAF_CHECK(read_all().earlier.empty());
  }
}

CAF_TEST_FIXTURE_SCOPE_END()
