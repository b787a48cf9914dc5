#include "configs/log_record.hpp"

#include "configs/utf8.hpp"

#include <fmt/chrono.h>
#include <iterator>
#include <nlohmann/json.hpp>

namespace rookery::log {

namespace {

std::string format_time(std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  const auto since = duration_cast<milliseconds>(time.time_since_epoch());
  const auto whole = floor<seconds>(since);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(system_clock::time_point{whole}),
                     (since - whole).count());
}

std::string format_span(std::chrono::microseconds span) {
  const auto count = span.count();
  if (count % 1'000'000 == 0)
    return fmt::format("{}s", count / 1'000'000);
  if (count % 1'000 == 0)
    return fmt::format("{}ms", count / 1'000);
  return fmt::format("{}us", count);
}

bool is_plain(std::string_view text) {
  for (const auto c : text)
    if (c <= ' ' || c > '~' || c == '"' || c == '=' || c == '\\')
      return false;
  return !text.empty();
}

// Terminals obey C1 controls (C2 80 to C2 9F), so they are escaped like C0.
std::string quote(std::string_view text) {
  const auto keeps_bytes = is_valid_utf8(text) && !has_control_character(text);
  std::string result = "\"";
  for (const auto c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      result += {'\\', c};
    else if (c == '\n')
      result += "\\n";
    else if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !keeps_bytes))
      fmt::format_to(std::back_inserter(result), "\\x{:02x}", byte);
    else
      result += c;
  }
  return result + '"';
}

struct text_writer {
  std::string operator()(std::string_view text) const {
    return is_plain(text) ? std::string{text} : quote(text);
  }

  std::string operator()(std::chrono::microseconds span) const {
    return format_span(span);
  }

  std::string operator()(auto value) const { return fmt::format("{}", value); }
};

struct json_writer {
  nlohmann::ordered_json operator()(std::string_view text) const {
    return std::string{text};
  }

  nlohmann::ordered_json operator()(std::chrono::microseconds span) const {
    return format_span(span);
  }

  nlohmann::ordered_json operator()(auto value) const { return value; }
};

} // namespace

std::string_view to_string(level severity) noexcept {
  constexpr std::array<std::string_view, 5> names{"trace", "debug", "info",
                                                  "warn", "error"};
  static_assert(static_cast<std::size_t>(level::error) + 1 == names.size());
  return names[static_cast<std::size_t>(severity)];
}

std::string format_text(const record& entry) {
  auto result = fmt::format("{} {} {}", format_time(entry.time),
                            to_string(entry.severity), entry.event);
  for (const auto& [key, value] : entry.fields)
    fmt::format_to(std::back_inserter(result), " {}={}", key,
                   std::visit(text_writer{}, value));
  return result;
}

std::string format_json(const record& entry) {
  nlohmann::ordered_json object;
  object["time"] = format_time(entry.time);
  object["level"] = to_string(entry.severity);
  object["event"] = entry.event;
  for (const auto& [key, value] : entry.fields)
    object[std::string{key}] = std::visit(json_writer{}, value);
  using handler = nlohmann::ordered_json::error_handler_t;
  return object.dump(-1, ' ', false, handler::replace);
}

} // namespace rookery::log
