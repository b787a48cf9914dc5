#define CAF_SUITE log_record

#include "configs/log_record.hpp"

#include <caf/test/unit_test.hpp>

#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

using namespace rookery;
using namespace std::literals;

namespace {

// 2026-11-24T03:55:10.007Z
constexpr std::chrono::system_clock::time_point when{1'795'492'510'007ms};

log::record make_record(std::span<const log::field> fields) {
  return {when, log::level::info, "listening", fields};
}

std::string text_of(std::vector<log::field> fields) {
  return log::format_text(make_record(fields))
    .substr("2026-11-24T03:55:10.007Z info listening"sv.size());
}

std::string json_of(std::vector<log::field> fields) {
  return log::format_json(make_record(fields));
}

} // namespace

CAF_TEST(a text line has time and level and event and values) {
  const std::vector<log::field> fields{{"address", "127.0.0.1"},
                                       {"port", 8080}};
  CAF_CHECK_EQUAL(
    log::format_text(make_record(fields)),
    "2026-11-24T03:55:10.007Z info listening address=127.0.0.1 port=8080");
}

CAF_TEST(text shows each type of value) {
  CAF_CHECK_EQUAL(text_of({{"a", true},
                           {"b", -3},
                           {"c", std::numeric_limits<std::uint64_t>::max()},
                           {"d", 0.5},
                           {"e", "s"s}}),
                  " a=true b=-3 c=18446744073709551615 d=0.5 e=s");
  CAF_CHECK_EQUAL(text_of({{"a", 2s}, {"b", 1500ms}, {"c", 7us}, {"d", 9ns}}),
                  " a=2s b=1500ms c=7us d=0s");
}

CAF_TEST(text values stay one word or are quoted) {
  CAF_CHECK_EQUAL(text_of({{"a", ""}, {"b", "x y"}, {"c", "k=v"}}),
                  " a=\"\" b=\"x y\" c=\"k=v\"");
  CAF_CHECK_EQUAL(text_of({{"a", "\"\\"}}), " a=\"\\\"\\\\\"");
  CAF_CHECK_EQUAL(text_of({{"a", "caf\xc3\xa9"}}), " a=\"caf\xc3\xa9\"");
}

CAF_TEST(no value breaks out of its text line) {
  CAF_CHECK_EQUAL(text_of({{"a", "x\r\n2026 info forged"}}),
                  " a=\"x\\x0d\\n2026 info forged\"");
  CAF_CHECK_EQUAL(text_of({{"a", "\x1b[2J\0\x7f"sv}}),
                  " a=\"\\x1b[2J\\x00\\x7f\"");
  CAF_CHECK_EQUAL(text_of({{"a", "\xc2\x9b"}}), " a=\"\\xc2\\x9b\"");
  CAF_CHECK_EQUAL(text_of({{"a", "\xff\xc3\xa9"}}), " a=\"\\xff\\xc3\\xa9\"");
}

CAF_TEST(a JSON line is one object in order) {
  CAF_CHECK_EQUAL(json_of({{"port", 8080}, {"ok", true}, {"took", 12ms}}),
                  R"({"time":"2026-11-24T03:55:10.007Z","level":"info",)"
                  R"("event":"listening","port":8080,"ok":true,)"
                  R"("took":"12ms"})");
}

CAF_TEST(hostile strings leave JSON valid and on one line) {
  const auto line = json_of({{"a", "\xff\"\n\x1b"}, {"b", "\xed\xa0\x80"}});
  CAF_CHECK_EQUAL(line.find('\n'), std::string::npos);
  const auto object = nlohmann::json::parse(line);
  CAF_CHECK_EQUAL(object["a"].get<std::string>(), "\xef\xbf\xbd\"\n\x1b");
}

CAF_TEST(levels have names) {
  CAF_CHECK_EQUAL(log::to_string(log::level::trace), "trace");
  CAF_CHECK_EQUAL(log::to_string(log::level::warn), "warn");
  CAF_CHECK_EQUAL(log::to_string(log::level::error), "error");
}
