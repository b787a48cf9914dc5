#pragma once

#include <cstdint>
#include <string>

/// Numbers in readable form, with about three significant digits.
namespace rookery::console {

/// Such as 999, "12.3 k", "4.56 M".
std::string count(std::uint64_t number);

/// Such as "512 B", "41 MB"; powers of 1000.
std::string bytes(std::uint64_t number);

/// Such as "42 s", "1m 3s", "2h 5m", "3d 4h".
std::string duration(std::uint64_t seconds);

/// Such as "410 us", "1.2 ms", "3.4 s".
std::string latency(std::uint64_t microseconds);

/// The local time of a Unix time in milliseconds, with the date if that is not
/// the day of `now`: "21:57:05.123", "11-23 21:57:05.123".
std::string moment(std::int64_t at, std::int64_t now);

/// The current Unix time in milliseconds.
std::int64_t now_ms();

} // namespace rookery::console
