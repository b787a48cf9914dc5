#define CAF_SUITE control_admin

#include "tests/cluster/support/control_rig.hpp"

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

using fixture = control_rig;

struct lone_fixture : control_rig {
  lone_fixture() : control_rig{false} {}
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(control_admin_tests, fixture)

CAF_TEST(queries of operators are answered by the admins of all nodes) {
  hear(control_hello{});
  take_sent();
  ask(admin_query{"", {actor_query{5}}});
  const auto asked = take_sent();
  CAF_REQUIRE_EQUAL(asked.size(), 1u);
  const auto& query = std::get<remote_query>(asked[0].body);
  CAF_CHECK(query.what == control_query{(admin_query{"", {actor_query{5}}})});
  hear(remote_reply{here.id, query.id, 1s, admin_reply{"there"}});
  const auto told = answer();
  CAF_REQUIRE(told);
  CAF_REQUIRE_EQUAL(told->nodes.size(), 2u);
  CAF_CHECK(told->nodes[0].result == control_result{admin_reply{"5"}});
  CAF_CHECK(told->nodes[1].result == control_result{admin_reply{"there"}});
}

CAF_TEST(a query for one node is put to that node alone) {
  hear(control_hello{});
  take_sent();
  ask(admin_query{here.id, {actor_query{5}}});
  CAF_CHECK(take_sent().empty());
  auto told = answer();
  CAF_REQUIRE(told);
  CAF_CHECK_EQUAL(told->nodes.size(), 1u);
  ask(admin_query{there.id, {actor_query{5}}});
  CAF_CHECK_EQUAL(take_sent().size(), 1u);
  pass(cluster_control::answer_timeout + 1s);
  told = answer();
  CAF_REQUIRE(told);
  CAF_CHECK(told->nodes.empty());
  CAF_REQUIRE_EQUAL(told->silent.size(), 1u);
  CAF_CHECK(told->silent[0] == there);
}

CAF_TEST(a query of another node is answered if it is for us) {
  hear(control_hello{});
  take_sent();
  hear(remote_query{7, admin_query{"", {actor_query{5}}}, {here.id}});
  const auto replies = take_sent();
  CAF_REQUIRE_EQUAL(replies.size(), 1u);
  CAF_CHECK(std::get<remote_reply>(replies[0].body).result
            == control_result{admin_reply{"5"}});
  hear(remote_query{8, admin_query{"somebody", {actor_query{5}}}, {here.id}});
  CAF_CHECK(take_sent().empty());
}

CAF_TEST(the control knows present and former nodes) {
  hear(control_hello{});
  auto report = membership();
  CAF_CHECK(report.self == here);
  CAF_CHECK(report.is_shared);
  CAF_CHECK(report.others == std::vector{there});
  hear(control_bye{});
  report = membership();
  CAF_CHECK(report.others.empty());
  CAF_REQUIRE_EQUAL(report.departed.size(), 1u);
  CAF_CHECK(report.departed[0].has_left);
}

CAF_TEST_FIXTURE_SCOPE_END()

CAF_TEST_FIXTURE_SCOPE(control_alone_tests, lone_fixture)

CAF_TEST(without a secret of the cluster operators see their node alone) {
  hear(control_hello{});
  take_sent();
  CAF_CHECK(!membership().is_shared);
  ask(admin_query{"", {actor_query{5}}});
  CAF_CHECK(take_sent().empty());
  const auto told = answer();
  CAF_REQUIRE(told);
  CAF_CHECK_EQUAL(told->nodes.size(), 1u);
  CAF_CHECK(told->silent.empty());
  hear(remote_query{7, admin_query{"", {actor_query{5}}}, {here.id}});
  CAF_CHECK(take_sent().empty());
}

CAF_TEST_FIXTURE_SCOPE_END()
