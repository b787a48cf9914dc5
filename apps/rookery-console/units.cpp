#include "apps/rookery-console/units.hpp"

#include <array>
#include <chrono>
#include <ctime>
#include <fmt/format.h>
#include <string_view>

namespace rookery::console {

namespace {

// Three digits of a number below 1000.
std::string three_digits(double number) {
  if (number < 9.995)
    return fmt::format("{:.2f}", number);
  if (number < 99.95)
    return fmt::format("{:.1f}", number);
  return fmt::format("{:.0f}", number);
}

std::string scaled(std::uint64_t number, std::string_view plain_unit,
                   const std::array<std::string_view, 5>& units) {
  if (number < 1000)
    return fmt::format("{}{}", number, plain_unit);
  auto value = static_cast<double>(number) / 1000;
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < units.size()) {
    value /= 1000;
    ++unit;
  }
  auto digits = three_digits(value);
  // Write "41 MB" rather than "41.00 MB".
  if (digits.find('.') != std::string::npos) {
    while (digits.back() == '0')
      digits.pop_back();
    if (digits.back() == '.')
      digits.pop_back();
  }
  return fmt::format("{} {}", digits, units[unit]);
}

std::tm local_time(std::int64_t milliseconds) {
  const auto seconds = static_cast<std::time_t>(milliseconds / 1000);
  std::tm result{};
  localtime_r(&seconds, &result);
  return result;
}

} // namespace

std::string count(std::uint64_t number) {
  return scaled(number, "", {"k", "M", "G", "T", "P"});
}

std::string bytes(std::uint64_t number) {
  return scaled(number, " B", {"kB", "MB", "GB", "TB", "PB"});
}

std::string duration(std::uint64_t seconds) {
  if (seconds < 60)
    return fmt::format("{} s", seconds);
  if (seconds < 3600)
    return fmt::format("{}m {}s", seconds / 60, seconds % 60);
  if (seconds < 86400)
    return fmt::format("{}h {}m", seconds / 3600, seconds / 60 % 60);
  return fmt::format("{}d {}h", seconds / 86400, seconds / 3600 % 24);
}

std::string latency(std::uint64_t microseconds) {
  return scaled(microseconds, " us", {"ms", "s", "ks", "Ms", "Gs"});
}

std::string moment(std::int64_t at, std::int64_t now) {
  const auto time = local_time(at);
  const auto today = local_time(now);
  const auto clock = fmt::format("{:02}:{:02}:{:02}.{:03}", time.tm_hour,
                                 time.tm_min, time.tm_sec, at % 1000);
  if (time.tm_year == today.tm_year && time.tm_yday == today.tm_yday)
    return clock;
  return fmt::format("{:02}-{:02} {}", time.tm_mon + 1, time.tm_mday, clock);
}

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch())
    .count();
}

} // namespace rookery::console
