#define CAF_SUITE memory_budget
#include "net/memory_budget.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

CAF_TEST(no loop gives up memory while the sum fits) {
  memory_budget budget{100, 2};
  budget.publish(0, 90);
  budget.publish(1, 10);
  CAF_CHECK_EQUAL(budget.total(), 100u);
  CAF_CHECK_EQUAL(budget.excess_of(0), 0u);
  CAF_CHECK_EQUAL(budget.excess_of(1), 0u);
}

CAF_TEST(the loop above its share gives up the excess) {
  memory_budget budget{100, 2};
  budget.publish(0, 90);
  budget.publish(1, 20);
  CAF_CHECK_EQUAL(budget.excess_of(0), 10u);
  CAF_CHECK_EQUAL(budget.excess_of(1), 0u);
}

CAF_TEST(a loop gives up no more than it has above its share) {
  memory_budget budget{100, 2};
  budget.publish(0, 60);
  budget.publish(1, 80);
  CAF_CHECK_EQUAL(budget.excess_of(0), 10u);
  CAF_CHECK_EQUAL(budget.excess_of(1), 30u);
}

CAF_TEST(the latest word of a loop counts) {
  memory_budget budget{100, 1};
  budget.publish(0, 500);
  CAF_CHECK_EQUAL(budget.excess_of(0), 400u);
  budget.publish(0, 50);
  CAF_CHECK_EQUAL(budget.excess_of(0), 0u);
}
