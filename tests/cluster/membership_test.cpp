#define CAF_SUITE membership

#include "cluster/control/membership.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

const node_identity ann{"a", "ann", "1"};
const node_identity bob{"b", "bob", "1"};

constexpr membership::time_point start{};

} // namespace

CAF_TEST(a node is new once) {
  membership others;
  CAF_CHECK(others.heard(ann, start));
  CAF_CHECK(!others.heard(ann, start));
  CAF_CHECK(others.heard(bob, start));
  CAF_CHECK_EQUAL(others.size(), 2u);
}

CAF_TEST(a silent node is dropped and comes back as a new one) {
  membership others;
  others.heard(ann, start);
  others.heard(bob, start);
  others.heard(bob, start + membership::beat);
  CAF_CHECK(others.expire(start + membership::patience - 1ms).empty());
  const auto gone = others.expire(start + membership::patience);
  CAF_REQUIRE_EQUAL(gone.size(), 1u);
  CAF_CHECK(gone.front() == ann);
  CAF_CHECK(others.all() == std::vector{bob});
  CAF_CHECK(others.heard(ann, start + 1min));
}

CAF_TEST(a node that says good bye is gone) {
  membership others;
  others.heard(ann, start);
  others.left("a", start);
  others.left("nobody", start);
  CAF_CHECK_EQUAL(others.size(), 0u);
}

CAF_TEST(departed nodes are remembered for an hour and with the way they went) {
  membership others;
  others.heard(ann, start);
  others.heard(bob, start);
  others.left("a", start + 1s);
  others.expire(start + membership::patience);
  const auto gone = others.departed(start + membership::patience + 5s);
  CAF_REQUIRE_EQUAL(gone.size(), 2u);
  CAF_CHECK(gone[0].node == bob);
  CAF_CHECK(!gone[0].has_left);
  CAF_CHECK_EQUAL(gone[0].ago.count(), 5);
  CAF_CHECK(gone[1].node == ann);
  CAF_CHECK(gone[1].has_left);
  CAF_CHECK(others.departed(start + membership::patience + 1h).empty());
}

CAF_TEST(a node that comes back is not among the departed) {
  membership others;
  others.heard(ann, start);
  others.left("a", start);
  others.heard(ann, start + 1s);
  CAF_CHECK(others.departed(start + 2s).empty());
}

CAF_TEST(only the latest of many departed nodes are remembered) {
  membership others;
  for (std::size_t i = 0; i < membership::max_departed + 10; ++i) {
    others.heard({std::to_string(i), "", ""}, start);
    others.left(std::to_string(i), start);
  }
  CAF_CHECK_EQUAL(others.departed(start).size(), membership::max_departed);
}

CAF_TEST(a node that is not understood is told of once) {
  membership others;
  CAF_CHECK(!others.misunderstood("a"));
  others.heard(ann, start);
  CAF_CHECK(others.misunderstood("a"));
  others.heard(ann, start + 1s);
  CAF_CHECK(!others.misunderstood("a"));
}

CAF_TEST(no stranger fills the memory) {
  membership others;
  for (std::size_t i = 0; i < membership::max_nodes + 10; ++i)
    others.heard({std::to_string(i), "", ""}, start);
  CAF_CHECK_EQUAL(others.size(), membership::max_nodes);
}
