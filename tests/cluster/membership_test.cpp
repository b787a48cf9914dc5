#define CAF_SUITE membership

#include "cluster/membership.hpp"

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
  others.left("a");
  others.left("nobody");
  CAF_CHECK_EQUAL(others.size(), 0u);
}

CAF_TEST(no stranger fills the memory) {
  membership others;
  for (std::size_t i = 0; i < membership::most + 10; ++i)
    others.heard({std::to_string(i), "", ""}, start);
  CAF_CHECK_EQUAL(others.size(), membership::most);
}
