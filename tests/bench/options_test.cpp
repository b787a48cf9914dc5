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
