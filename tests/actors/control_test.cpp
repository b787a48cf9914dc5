#define CAF_SUITE control

#include "actors/message/control.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;

namespace {

control_result sum_of(control_result one, control_result other) {
  merge(one, std::move(other));
  return one;
}

} // namespace

CAF_TEST(counts add up) {
  CAF_CHECK(sum_of(clients_reached{1}, clients_reached{2})
            == control_result{clients_reached{3}});
  CAF_CHECK(sum_of(node_counts{1, 2, 3, 4}, node_counts{10, 20, 30, 40})
            == control_result(node_counts{11, 22, 33, 44}));
}

CAF_TEST(channels of several parts are one list) {
  const channels_page one{{{"a", 1}, {"c", 1}, {"d", 2}}, false};
  const channels_page other{{{"a", 2}, {"b", 5}, {"d", 1}, {"e", 1}}, false};
  const channels_page sum{{{"a", 3}, {"b", 5}, {"c", 1}, {"d", 3}, {"e", 1}},
                          false};
  CAF_CHECK(sum_of(one, other) == control_result{sum});
  CAF_CHECK(sum_of(other, one) == control_result{sum});
  CAF_CHECK(sum_of(channels_page{}, one) == control_result{one});
}

CAF_TEST(a cut list ends where it stops to be complete) {
  const channels_page cut{{{"a", 1}, {"c", 1}}, true};
  const channels_page whole{{{"a", 1}, {"b", 1}, {"d", 1}}, false};
  const channels_page sum{{{"a", 2}, {"b", 1}, {"c", 1}}, true};
  CAF_CHECK(sum_of(cut, whole) == control_result{sum});
  CAF_CHECK(sum_of(whole, cut) == control_result{sum});
}

CAF_TEST(parts of another question change nothing) {
  CAF_CHECK(sum_of(clients_reached{1}, node_counts{1, 1, 1, 1})
            == control_result{clients_reached{1}});
}
