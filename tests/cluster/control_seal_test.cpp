#define CAF_SUITE control_seal

#include "cluster/control/control_seal.hpp"

#include <caf/test/unit_test.hpp>

#include <string>

using namespace rookery;
using namespace std::chrono_literals;

namespace {

constexpr control_seal::time_point now{1'000'000s};

struct fixture {
  control_seal here{"key"};
  control_seal there{"key"};
  std::string sealed = here.seal("a text with spaces", now);
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(control_seal_tests, fixture)

CAF_TEST(a node accepts messages of another one with the same key) {
  CAF_CHECK_EQUAL(there.open(sealed, now).text, "a text with spaces");
  CAF_CHECK(there.open(here.seal("", now), now));
  CAF_CHECK_EQUAL(there.refused(), 0u);
}

CAF_TEST(a message is accepted once) {
  CAF_REQUIRE(there.open(sealed, now));
  CAF_CHECK(!there.open(sealed, now));
  CAF_CHECK(!there.open(sealed, now + 20s));
  CAF_CHECK_EQUAL(there.refused(), 2u);
}

CAF_TEST(another key says nothing) {
  CAF_CHECK(!control_seal{"yek"}.open(sealed, now));
  CAF_CHECK(!control_seal{""}.open(sealed, now));
}

CAF_TEST(messages that are old or of the future are refused) {
  CAF_CHECK(!there.open(sealed, now + 31s));
  CAF_CHECK(!there.open(sealed, now - 31s));
  CAF_CHECK(there.open(sealed, now + 30s));
}

CAF_TEST(messages changed anywhere are refused) {
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CAF_CHECK(!there.open(changed, now));
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    CAF_CHECK(!there.open(sealed.substr(0, size), now));
  CAF_CHECK(there.open(sealed, now));
}

CAF_TEST(another cluster on the same Redis is not believed) {
  const auto foreign = control_seal{"key", "a"}.seal("x", now);
  CAF_CHECK(!there.open(foreign, now));
  CAF_CHECK(!(control_seal{"key", "b"}.open(foreign, now)));
  CAF_CHECK((control_seal{"key", "a"}.open(foreign, now)));
}

CAF_TEST(a refusal has its reason and the text that is claimed) {
  const auto other = control_seal{"yek"}.open(sealed, now);
  CAF_CHECK(other.problem == seal_problem::signature);
  CAF_CHECK_EQUAL(other.text, "a text with spaces");
  CAF_CHECK(there.open(sealed, now + 31s).problem == seal_problem::clock);
  CAF_REQUIRE(there.open(sealed, now));
  CAF_CHECK(there.open(sealed, now).problem == seal_problem::repeated);
  CAF_CHECK(there.open("x", now).problem == seal_problem::malformed);
  CAF_CHECK_EQUAL(there.open("x", now).text, "");
}

CAF_TEST(messages are remembered until they expire) {
  control_seal ahead{"key"};
  const auto early = ahead.seal("x", now + 30s);
  CAF_REQUIRE(there.open(early, now));
  CAF_CHECK(!there.open(early, now + 60s));
  CAF_CHECK(!there.open(early, now + 61s));
}

CAF_TEST_FIXTURE_SCOPE_END()
