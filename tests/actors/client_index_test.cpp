#define CAF_SUITE client_index

#include "actors/client/client_index.hpp"

#include <caf/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace rookery;

namespace {

struct fake_client final : named_client {
  fake_client(std::string user, std::string id)
    : name{std::move(user)}, id{std::move(id)} {}

  std::string_view user() const noexcept override { return name; }

  std::string_view client_id() const noexcept override { return id; }

  void carry_out(const client_command&) override { ++commands; }

  std::string name;
  std::string id;
  int commands = 0;
};

struct fixture {
  fixture() {
    for (auto* each : {&ann, &second, &bob, &nobody})
      index.insert(*each);
  }

  ~fixture() {
    for (auto* each : {&ann, &second, &bob, &nobody})
      if (each->is_linked())
        index.erase(*each);
    CAF_CHECK_EQUAL(index.size(), 0u);
    CAF_CHECK_EQUAL(index.users(), 0u);
  }

  std::vector<int> commands() const {
    return {ann.commands, second.commands, bob.commands, nobody.commands};
  }

  client_index index;
  fake_client ann{"ann", "1"};
  fake_client second{"ann", "2"};
  fake_client bob{"bob", "3"};
  fake_client nobody{"", "4"};
};

client_command disconnect(std::string user, std::string client = {}) {
  return {std::move(user), std::move(client), disconnect_action{}};
}

} // namespace

CAF_TEST_FIXTURE_SCOPE(client_index_tests, fixture)

CAF_TEST(a command reaches the clients of its user) {
  CAF_CHECK_EQUAL(index.carry_out(disconnect("ann")), 2u);
  CAF_CHECK_EQUAL(commands(), (std::vector{1, 1, 0, 0}));
  CAF_CHECK_EQUAL(index.carry_out(disconnect("")), 1u);
  CAF_CHECK_EQUAL(commands(), (std::vector{1, 1, 0, 1}));
  CAF_CHECK_EQUAL(index.carry_out(disconnect("eve")), 0u);
}

CAF_TEST(a command may be for one client only) {
  CAF_CHECK_EQUAL(index.carry_out(disconnect("ann", "2")), 1u);
  CAF_CHECK_EQUAL(index.carry_out(disconnect("bob", "2")), 0u);
  CAF_CHECK_EQUAL(commands(), (std::vector{0, 1, 0, 0}));
}

CAF_TEST(users are counted once) {
  CAF_CHECK_EQUAL(index.users(), 3u);
  index.erase(ann);
  CAF_CHECK_EQUAL(index.users(), 3u);
  index.erase(second);
  CAF_CHECK_EQUAL(index.users(), 2u);
  CAF_CHECK_EQUAL(index.size(), 2u);
}

CAF_TEST_FIXTURE_SCOPE_END()
