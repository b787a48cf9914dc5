#define CAF_SUITE console_units

#include "apps/rookery-console/units.hpp"

#include <caf/test/unit_test.hpp>

#include <cstdlib>
#include <ctime>

using namespace rookery::console;

CAF_TEST(counts have three digits) {
  CAF_CHECK_EQUAL(count(0), "0");
  CAF_CHECK_EQUAL(count(999), "999");
  CAF_CHECK_EQUAL(count(1'000), "1 k");
  CAF_CHECK_EQUAL(count(12'345), "12.3 k");
  CAF_CHECK_EQUAL(count(999'499), "999 k");
  CAF_CHECK_EQUAL(count(999'500), "1 M");
  CAF_CHECK_EQUAL(count(18'446'744'073'709'551'615u), "18447 P");
}

CAF_TEST(sizes) {
  CAF_CHECK_EQUAL(bytes(0), "0 B");
  CAF_CHECK_EQUAL(bytes(41'000'000), "41 MB");
  CAF_CHECK_EQUAL(bytes(1'048'000), "1.05 MB");
}

CAF_TEST(durations have two parts) {
  CAF_CHECK_EQUAL(duration(0), "0 s");
  CAF_CHECK_EQUAL(duration(59), "59 s");
  CAF_CHECK_EQUAL(duration(63), "1m 3s");
  CAF_CHECK_EQUAL(duration(7'500), "2h 5m");
  CAF_CHECK_EQUAL(duration(3 * 86'400 + 4 * 3'600 + 59), "3d 4h");
}

CAF_TEST(latencies) {
  CAF_CHECK_EQUAL(latency(410), "410 us");
  CAF_CHECK_EQUAL(latency(1'234), "1.23 ms");
  CAF_CHECK_EQUAL(latency(3'400'000), "3.4 s");
}

CAF_TEST(moments of other days have a date) {
  setenv("TZ", "UTC", 1);
  tzset();
  const std::int64_t noon = 1'790'000'000'123;
  CAF_CHECK_EQUAL(moment(noon, noon + 1'000), "14:13:20.123");
  CAF_CHECK_EQUAL(moment(noon, noon + 86'400'000), "09-21 14:13:20.123");
}
