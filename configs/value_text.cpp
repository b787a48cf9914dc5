#include "configs/value_text.hpp"

#include <caf/config_value.hpp>
#include <caf/expected.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace rookery {

namespace {

struct unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::array byte_units{unit{"GiB", 1 << 30}, unit{"MiB", 1 << 20},
                                unit{"KiB", 1 << 10}};

// "ms" before "s": the first suffix that fits is taken.
constexpr std::array duration_units{unit{"ms", 1}, unit{"min", 60'000},
                                    unit{"s", 1'000}, unit{"h", 3'600'000}};

std::optional<std::int64_t> parse_scaled(std::string_view number,
                                         std::int64_t factor) {
  const auto value = parse_integer(number);
  const auto limit = std::numeric_limits<std::int64_t>::max() / factor;
  if (!value || *value > limit || *value < -limit)
    return std::nullopt;
  return *value * factor;
}

caf::expected<caf::config_value> parse_caf(std::string_view text) {
  return caf::config_value::parse(caf::string_view{text.data(), text.size()});
}

} // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
  const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  // CAF would read a leading zero as octal: refuse what can be misread.
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0'))
    return std::nullopt;
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, ec] = std::from_chars(text.data(), end, value);
  if (ec != std::errc{} || rest != end)
    return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_bytes(std::string_view text) {
  for (const auto& [name, factor] : byte_units)
    if (text.ends_with(name))
      return parse_scaled(text.substr(0, text.size() - name.size()), factor);
  return parse_integer(text);
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  for (const auto& [name, factor] : duration_units)
    if (text.ends_with(name)) {
      text.remove_suffix(name.size());
      if (const auto value = parse_scaled(text, factor))
        return std::chrono::milliseconds{*value};
      return std::nullopt;
    }
  return std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true")
    return true;
  if (text == "false")
    return false;
  return std::nullopt;
}

std::optional<std::string> parse_quoted(std::string_view text) {
  // CAF takes text without quotes for a string, too: that hides mistakes.
  if (!text.starts_with('"'))
    return std::nullopt;
  auto value = parse_caf(text);
  if (!value || !caf::holds_alternative<std::string>(*value))
    return std::nullopt;
  return caf::get<std::string>(*value);
}

std::optional<std::vector<std::string>> parse_list(std::string_view text) {
  if (!text.starts_with('['))
    return std::nullopt;
  const auto value = parse_caf(text);
  if (!value || !caf::holds_alternative<caf::config_value::list>(*value))
    return std::nullopt;
  std::vector<std::string> result;
  for (const auto& element : caf::get<caf::config_value::list>(*value)) {
    if (!caf::holds_alternative<std::string>(element))
      return std::nullopt;
    result.push_back(caf::get<std::string>(element));
  }
  return result;
}

std::string format_duration(std::chrono::milliseconds value) {
  const auto count = value.count();
  const auto write = [&](std::int64_t factor, const char* name) {
    return std::to_string(count / factor) + name;
  };
  if (count != 0 && count % 3'600'000 == 0)
    return write(3'600'000, "h");
  if (count != 0 && count % 60'000 == 0)
    return write(60'000, "min");
  if (count % 1'000 == 0)
    return write(1'000, "s");
  return write(1, "ms");
}

std::string format_bytes(std::int64_t value) {
  for (const auto& [name, factor] : byte_units)
    if (value != 0 && value % factor == 0)
      return std::to_string(value / factor) + ' ' + std::string{name};
  return std::to_string(value);
}

std::string format_quoted(std::string_view value) {
  std::string result = "\"";
  for (const auto c : value) {
    switch (c) {
    case '"':
    case '\\':
      result += '\\';
      result += c;
      break;
    case '\n':
      result += "\\n";
      break;
    case '\r':
      result += "\\r";
      break;
    case '\t':
      result += "\\t";
      break;
    default:
      result += c;
    }
  }
  return result + '"';
}

std::string format_list(const std::vector<std::string>& values) {
  std::string result = "[";
  for (const auto& value : values)
    result += (result.size() > 1 ? ", " : "") + format_quoted(value);
  return result + ']';
}

} // namespace rookery
