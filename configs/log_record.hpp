#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

/// The contents and format of one line of the log.
namespace rookery::log {

enum class level : std::uint8_t { trace, debug, info, warn, error };

/// A key with a value. Borrows strings: lives as long as the call that logs.
struct field {
  using value_type = std::variant<std::string_view, std::int64_t, std::uint64_t,
                                  bool, double, std::chrono::microseconds>;

  field(std::string_view name, std::string_view text)
    : key{name}, value{text} {}

  field(std::string_view name, std::same_as<bool> auto flag)
    : key{name}, value{flag} {}

  field(std::string_view name, std::signed_integral auto number)
    : key{name}, value{static_cast<std::int64_t>(number)} {}

  field(std::string_view name, std::unsigned_integral auto number) requires(
    !std::same_as<decltype(number), bool>)
    : key{name}, value{static_cast<std::uint64_t>(number)} {}

  field(std::string_view name, std::floating_point auto number)
    : key{name}, value{static_cast<double>(number)} {}

  template <class Rep, class Period>
  field(std::string_view name, std::chrono::duration<Rep, Period> span)
    : key{name},
      value{std::chrono::duration_cast<std::chrono::microseconds>(span)} {}

  std::string_view key;
  value_type value;
};

struct record {
  std::chrono::system_clock::time_point time;
  level severity;
  std::string_view event;
  std::span<const field> fields;
};

/// Returns e.g. "info".
std::string_view to_string(level severity) noexcept;

/// Writes `time level event key=value ...`. Values with other than visible
/// characters are quoted and escaped, so that a record stays one line whatever
/// a client sends.
std::string format_text(const record& entry);

/// Writes one JSON object; invalid UTF-8 becomes U+FFFD.
std::string format_json(const record& entry);

} // namespace rookery::log
