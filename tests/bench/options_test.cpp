#define CAF_SUITE options

#include "apps/rookery-bench/options.hpp"

#include <caf/test/unit_test.hpp>

#include <arpa/inet.h>

using namespace rookery::bench;

namespace {

std::variant<options, int> parse(std::vector<std::string> words) {
  words.insert(words.begin(), "rookery-bench");
  std::vector<char*> arguments;
  for (auto& word : words)
    arguments.push_back(word.data());
  return options::parse(static_cast<int>(arguments.size()), arguments.data());
}

int status_of(std::vector<std::string> words) {
  const auto result = parse(std::move(words));
  const auto* status = std::get_if<int>(&result);
  return status == nullptr ? -1 : *status;
}

} // namespace

CAF_TEST(lists are split at commas) {
  const auto result = parse({"--node", "127.0.0.1:80,127.0.0.1:81",
                             "--server-pid", "1,2", "--rate", "5"});
  CAF_REQUIRE(std::holds_alternative<options>(result));
  const auto& asked = std::get<options>(result);
  CAF_REQUIRE_EQUAL(asked.node_addresses.size(), 2u);
  CAF_CHECK_EQUAL(ntohs(asked.node_addresses[1].sin_port), 81);
  CAF_CHECK_EQUAL(asked.server_pids.size(), 2u);
  CAF_CHECK(!asked.separate_publishers());
}

CAF_TEST(help ends well) {
  CAF_CHECK_EQUAL(status_of({"--help"}), 0);
}

CAF_TEST(wrong options end with 2) {
  CAF_CHECK_EQUAL(status_of({}), 2);
  CAF_CHECK_EQUAL(status_of({"--node", "localhost:80"}), 2);
  CAF_CHECK_EQUAL(status_of({"--node", "127.0.0.1"}), 2);
  CAF_CHECK_EQUAL(status_of({"--node", "127.0.0.1:65536"}), 2);
  CAF_CHECK_EQUAL(status_of({"--node", "127.0.0.1:80", "--payload", "8"}), 2);
  CAF_CHECK_EQUAL(
    status_of({"--node", "127.0.0.1:80", "--rate", "1", "--window", "2"}), 2);
  CAF_CHECK_EQUAL(status_of({"--node", "127.0.0.1:80", "--publishers", "2"}),
                  2);
  CAF_CHECK_EQUAL(
    status_of({"--node", "127.0.0.1:80", "--publish-protocol", "redis"}), 2);
}

CAF_TEST(channels share connections with centrifuge alone) {
  const std::vector<std::string> shared{
    "--node", "127.0.0.1:80", "--channels", "6", "--channels-per-connection",
    "2"};
  const auto status_with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), shared.begin(), shared.end());
    return status_of(more);
  };
  CAF_CHECK_EQUAL(status_with({}), 2);
  CAF_CHECK_EQUAL(
    status_with({"--protocol", "centrifuge", "--publish-protocol", "plain"}),
    2);
  CAF_CHECK_EQUAL(status_with({"--protocol", "centrifuge"}), -1);
  CAF_CHECK_EQUAL(
    status_of({"--node", "127.0.0.1:80", "--protocol", "centrifuge",
               "--channels", "3", "--channels-per-connection", "2"}),
    2);
}

CAF_TEST(a cut needs members that recover and publishers that stay) {
  const auto status_with = [](std::vector<std::string> more) {
    const std::vector<std::string> cut{"--node", "127.0.0.1:80", "--missed",
                                       "5",      "--protocol",   "centrifuge"};
    more.insert(more.begin(), cut.begin(), cut.end());
    return status_of(more);
  };
  CAF_CHECK_EQUAL(status_with({"--rate", "9"}), 2);
  CAF_CHECK_EQUAL(status_with({"--publish-node", "127.0.0.1:81"}), 2);
  CAF_CHECK_EQUAL(
    status_with({"--publish-node", "127.0.0.1:81", "--rate", "9"}), -1);
}
