#define CAF_SUITE yielding_list
#include "net/yielding_list.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;

namespace {

struct fake_client final : yielding_client {
  fake_client(yielding_list& list, std::string from) : from{std::move(from)} {
    list.add(*this);
  }

  ~fake_client() { stop_yielding(); }

  void give_way() override { has_ended = true; }

  std::string_view address() const noexcept override { return from; }

  std::string from;
  bool has_ended = false;
};

struct fixture {
  yielding_list list;
  fake_client eve{list, "192.0.2.1"};
  fake_client ann{list, "192.0.2.2"};
  fake_client second{list, "192.0.2.1"};
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(yielding_list_tests, fixture)

CAF_TEST(the first client ends first) {
  CAF_CHECK_EQUAL(list.size(), 3u);
  CAF_CHECK(list.end_first());
  CAF_CHECK(eve.has_ended);
  CAF_CHECK(list.end_first());
  CAF_CHECK(ann.has_ended);
  CAF_CHECK(list.end_first());
  CAF_CHECK(!list.end_first());
  CAF_CHECK_EQUAL(list.size(), 0u);
}

CAF_TEST(an address ends its own clients before others) {
  list.end_first_of("192.0.2.2");
  CAF_CHECK(ann.has_ended);
  list.end_first_of("192.0.2.3");
  CAF_CHECK(eve.has_ended);
  list.end_first_of("192.0.2.1");
  CAF_CHECK(second.has_ended);
}

CAF_TEST_FIXTURE_SCOPE_END()
