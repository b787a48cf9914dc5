#define CAF_SUITE redis_error

#include "cluster/redis/redis_errors.hpp"
#include "configs/log.hpp"
#include "tests/cluster/support/line_log.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery;
using namespace rookery::test;
using namespace std::chrono_literals;

namespace {

std::string shown(std::string_view line) {
  const auto found = read_redis_error(line);
  return found.word + "|" + found.text;
}

} // namespace

CAF_TEST(an error keeps its name and its first line) {
  CAF_CHECK_EQUAL(shown("NOPERM no right\r\nmore"), "NOPERM|NOPERM no right");
  CAF_CHECK_EQUAL(shown("something else"), "error|something else");
  CAF_CHECK_EQUAL(shown(""), "error|");
}

CAF_TEST(errors that repeat arguments are cut and so are long texts) {
  CAF_CHECK_EQUAL(shown("ERR unknown command 'X', with args beginning with: "
                        "'secret' 'payload' "),
                  "ERR|ERR unknown command 'X'");
  CAF_CHECK_EQUAL(read_redis_error("ERR " + std::string(5000, 'x')).text.size(),
                  200u);
  CAF_CHECK_EQUAL(shown("ERR a\tb\x1b\xff"), "ERR|ERR a?b??");
}

CAF_TEST(of an answer to a password nothing is kept but the name) {
  const auto found = read_secret_error("WRONGPASS invalid hunter2");
  CAF_CHECK_EQUAL(found.text, "WRONGPASS");
}

CAF_TEST(an error inside of a script is told as if it stood alone) {
  CAF_CHECK_EQUAL(
    shown("ERR Error running script (call to f_0123): @user_script:14: "
          "@user_script: 14: NOPERM this user has no permissions"),
    "NOPERM|NOPERM this user has no permissions");
  const std::string denied =
    "The user executing the script can't publish to the channel";
  CAF_CHECK_EQUAL(shown("@user_script: 27: " + denied), "NOPERM|" + denied);
  CAF_CHECK_EQUAL(shown("@user_script: 23: -READONLY a replica"),
                  "READONLY|READONLY a replica");
  CAF_CHECK_EQUAL(shown("ERR " + denied + " script: 01ab, on @user_script:1."),
                  "NOPERM|ERR " + denied);
  const std::string right = "No permissions to access a channel";
  CAF_CHECK_EQUAL(shown("ERR ACL failure in script: " + right
                        + " script: 01ab, on @user_script:1."),
                  "NOPERM|NOPERM " + right);
  CAF_CHECK_EQUAL(shown("MISCONF no disk script: 01ab, on @user_script:1."),
                  "MISCONF|MISCONF no disk");
}

CAF_TEST(only some names mean that a server must not be used) {
  for (const auto* word : {"LOADING", "MASTERDOWN", "READONLY", "NOAUTH"})
    CAF_CHECK(read_redis_error(std::string{word} + " x").ends_link());
  for (const auto* word : {"MISCONF", "BUSY", "NOPERM", "OOM", "ERR",
                           "NOREPLICAS", "CLUSTERDOWN", "UNKILLABLE"})
    CAF_CHECK(!read_redis_error(std::string{word} + " x").ends_link());
  CAF_CHECK(read_redis_error("NOPERM x").denies_command());
  CAF_CHECK(read_redis_error("ERR unknown command `X`").denies_command());
  CAF_CHECK(!read_redis_error("ERR syntax error").denies_command());
}

CAF_TEST(errors are counted by name and logged once per interval) {
  line_log lines;
  log::redirect([&](std::string_view line) { lines.add(std::string{line}); });
  redis_errors errors{"publish"};
  const redis_errors::clock::time_point now{1h};
  for (auto i = 0; i < 5; ++i)
    errors.note(read_redis_error("NOPERM no " + std::to_string(i)), "a", now);
  errors.note(read_redis_error("OOM no memory"), {}, now + 1s);
  errors.note(read_redis_error("NOPERM no more"), {}, now + 10s);
  log::redirect({});
  CAF_REQUIRE_EQUAL(lines.events().size(), 3u);
  CAF_CHECK(lines.events()[0].find("NOPERM no 0") != std::string::npos);
  CAF_CHECK(lines.events()[2].find("count=5") != std::string::npos);
  CAF_REQUIRE_EQUAL(errors.list().size(), 2u);
  CAF_CHECK_EQUAL(errors.list()[0].count, 6u);
  CAF_CHECK_EQUAL(to_text(errors),
                  "NOPERM 6 (NOPERM no more); OOM 1 (OOM no memory)");
}

CAF_TEST(the number of names is bounded) {
  log::redirect([](std::string_view) {});
  redis_errors errors{"publish"};
  for (auto i = 0; i < 26 * 26; ++i)
    errors.note(read_redis_error(std::string{static_cast<char>('A' + i / 26),
                                             static_cast<char>('A' + i % 26)}));
  log::redirect({});
  CAF_CHECK_EQUAL(errors.list().size(), 33u);
  CAF_CHECK_EQUAL(errors.list().back().word, "other");
  CAF_CHECK_EQUAL(errors.list().back().count, 26u * 26u - 32u);
}
