#define CAF_SUITE redis_usage

#include "apps/rookery-bench/redis_usage.hpp"

#include <caf/test/unit_test.hpp>

using namespace rookery::bench;

namespace {

constexpr auto before = "# CPU\r\n"
                        "used_cpu_sys:1.500000\r\n"
                        "used_cpu_user:0.250000\r\n"
                        "used_cpu_sys_children:7.000000\r\n"
                        "# Commandstats\r\n"
                        "cmdstat_publish:calls=3,usec=12,usec_per_call=4.00\r\n"
                        "cmdstat_client|setname:calls=1,usec=2\r\n";
constexpr auto after = "used_cpu_sys:2.000000\r\n"
                       "used_cpu_user:0.250000\r\n"
                       "cmdstat_publish:calls=5,usec=22,usec_per_call=4.40\r\n"
                       "cmdstat_client|setname:calls=1,usec=2\r\n"
                       "cmdstat_evalsha:calls=1,usec=9\r\n";

} // namespace

CAF_TEST(the answer to INFO is read) {
  const auto usage = redis_usage::read(before);
  CAF_CHECK_EQUAL(usage.cpu, 1'750'000'000u);
  CAF_REQUIRE_EQUAL(usage.commands.size(), 2u);
  CAF_CHECK_EQUAL(usage.commands.at("publish").calls, 3u);
  CAF_CHECK_EQUAL(usage.commands.at("publish").microseconds, 12u);
  CAF_CHECK_EQUAL(usage.commands.at("client|setname").calls, 1u);
}

CAF_TEST(a stretch holds the commands called in it) {
  const auto usage = redis_usage::read(after).since(redis_usage::read(before));
  CAF_CHECK_EQUAL(usage.cpu, 500'000'000u);
  CAF_REQUIRE_EQUAL(usage.commands.size(), 2u);
  CAF_CHECK_EQUAL(usage.commands.at("publish").calls, 2u);
  CAF_CHECK_EQUAL(usage.commands.at("publish").microseconds, 10u);
  CAF_CHECK_EQUAL(usage.commands.at("evalsha").calls, 1u);
}

CAF_TEST(an empty answer tells nothing) {
  CAF_CHECK_EQUAL(redis_usage::read("").cpu, 0u);
}
