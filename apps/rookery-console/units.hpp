#pragma once

#include <cstdint>
#include <string>

/// Numbers as people read them, four significant characters or so.
namespace rookery::console {

/// 999, "12.3 k", "4.56 M".
std::string count(std::uint64_t number);

/// "512 B", "41 MB": powers of 1000.
std::string bytes(std::uint64_t number);

/// "42 s", "1m 3s", "2h 5m", "3d 4h".
std::string duration(std::uint64_t seconds);

/// "410 us", "1.2 ms", "3.4 s".
std::string latency(std::uint64_t microseconds);

/// The local time of day of a Unix time in milliseconds, with the date where
/// that is not the day of `now`: "21:57:05.123", "11-23 21:57:05.123".
std::string moment(std::int64_t at, std::int64_t now);

/// Milliseconds of Unix time.
std::int64_t now_ms();

} // namespace rookery::console
