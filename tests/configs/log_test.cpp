#define CAF_SUITE log

#include "configs/log.hpp"

#include <caf/test/unit_test.hpp>

#include <string>
#include <thread>
#include <vector>

using namespace rookery;
using namespace std::literals;

namespace {

struct fixture {
  std::vector<std::string> lines;

  fixture() {
    log::redirect([this](std::string_view line) { lines.emplace_back(line); });
    log::start("info", "text");
  }

  ~fixture() {
    log::start("info", "text");
    log::redirect({});
  }
};

} // namespace

CAF_TEST_FIXTURE_SCOPE(log_tests, fixture)

CAF_TEST(a line is written at once) {
  log::info("listening", "address", "::1"s, "port", std::uint16_t{8080});
  CAF_REQUIRE_EQUAL(lines.size(), 1u);
  CAF_CHECK(lines[0].ends_with("Z info listening address=::1 port=8080"));
}

CAF_TEST(an event needs no values) {
  log::warn("odd");
  CAF_REQUIRE_EQUAL(lines.size(), 1u);
  CAF_CHECK(lines[0].ends_with("Z warn odd"));
}

CAF_TEST(lines below the level are not written) {
  log::start("warn", "text");
  log::trace("t");
  log::debug("d");
  log::info("i");
  CAF_CHECK(lines.empty());
  log::warn("w");
  log::error("e");
  CAF_CHECK_EQUAL(lines.size(), 2u);
}

CAF_TEST(the level trace writes everything) {
  log::start("trace", "text");
  log::trace("t");
  CAF_CHECK_EQUAL(lines.size(), 1u);
  CAF_CHECK(log::is_enabled(log::level::trace));
}

CAF_TEST(the format can be JSON) {
  log::start("info", "json");
  log::info("listening", "port", 8080);
  CAF_REQUIRE_EQUAL(lines.size(), 1u);
  CAF_CHECK(lines[0].starts_with("{\"time\":"));
  CAF_CHECK(lines[0].ends_with(
    "\"level\":\"info\",\"event\":\"listening\",\"port\":8080}"));
}

CAF_TEST(lines of several threads stay whole) {
  const auto write = [] {
    for (auto i = 0; i < 500; ++i)
      log::info("tick", "text", "0123456789");
  };
  {
    const std::jthread first{write};
    const std::jthread second{write};
  }
  CAF_CHECK_EQUAL(lines.size(), 1000u);
  for (const auto& line : lines)
    if (!line.ends_with("Z info tick text=0123456789"))
      CAF_FAIL("broken line: " << line);
}

CAF_TEST_FIXTURE_SCOPE_END()
