#include "cluster/shared/strict_fields.hpp"

#include "actors/message/publication_fields.hpp"
#include "actors/text/base64.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace rookery {

namespace {

/// The first second of the year 10000.
constexpr double end_of_time = 253'402'300'800;

/// The maximum bytes of a user, as many as in a token.
constexpr std::size_t max_user = 16 * 1024;

constexpr std::string_view large_user = "is larger than 16 KiB";
constexpr std::string_view large_info = "is larger than 64 KiB";
constexpr std::string_view bad_text = "is not a string";
constexpr std::string_view bad_list = "is not a list of strings";
constexpr std::string_view bad_flag = "is not true or false";
constexpr std::string_view bad_number = "is not a whole number";
constexpr std::string_view bad_time =
  "is not a time in seconds in the years 1970 to 9999";
constexpr std::string_view bad_json = "is nested too deeply";
constexpr std::string_view bad_base64 = "is not base64";
constexpr std::string_view bad_override =
  "is not an object of {\"value\": BOOLEAN}";
constexpr std::string_view bad_subs = "is not an object of objects";

} // namespace

std::string strict_fields::text(std::string_view name) {
  const auto* found = find(name);
  if (!found)
    return {};
  auto result = parse_json_string(*found);
  if (!result)
    fail(name, bad_text);
  return std::move(result).value_or(std::string{});
}

std::string strict_fields::user(std::string_view name) {
  auto result = text(name);
  if (result.size() > max_user)
    fail(name, large_user);
  return result;
}

std::vector<std::string> strict_fields::texts(std::string_view name) {
  const auto* found = find(name);
  if (!found)
    return {};
  auto result = parse_json_strings(*found);
  if (!result || std::ranges::find(*result, std::string{}) != result->end())
    fail(name, bad_list);
  return std::move(result).value_or(std::vector<std::string>{});
}

bool strict_fields::flag(std::string_view name, bool otherwise) {
  const auto* found = find(name);
  if (!found)
    return otherwise;
  if (*found != "true" && *found != "false")
    fail(name, bad_flag);
  return *found == "true";
}

std::int64_t strict_fields::number(std::string_view name) {
  const auto* found = find(name);
  if (!found)
    return 0;
  std::int64_t value = 0;
  const auto* end = found->data() + found->size();
  const auto [rest, error] = std::from_chars(found->data(), end, value);
  if (error != std::errc{} || rest != end)
    fail(name, bad_number);
  return value;
}

std::optional<std::chrono::sys_seconds>
strict_fields::time(std::string_view name) {
  const auto found = members_.find(name);
  if (found == members_.end())
    return std::nullopt;
  const auto& text = found->second;
  const auto* end = text.data() + text.size();
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || rest != end || value < 0
      || value >= end_of_time) {
    fail(name, bad_time);
    return std::nullopt;
  }
  return std::chrono::sys_seconds{
    std::chrono::seconds{static_cast<std::int64_t>(value)}};
}

std::string strict_fields::json(std::string_view name) {
  const auto* found = find(name);
  if (!found)
    return {};
  if (!is_json(*found))
    fail(name, bad_json);
  return *found;
}

claim_data strict_fields::data(std::string_view name,
                               std::string_view base64_name) {
  const auto encoded = text(base64_name);
  if (encoded.empty()) {
    auto bytes = json(name);
    const auto is_present = !bytes.empty();
    return {std::move(bytes), is_present};
  }
  auto bytes = decode_base64(encoded);
  if (!bytes) {
    fail(base64_name, bad_base64);
    return {};
  }
  const auto is_readable = is_json(*bytes);
  return {std::move(*bytes), is_readable};
}

claim_data strict_fields::info() {
  auto result = data("info", "b64info");
  if (result.bytes.size() > longest_field)
    fail("info", large_info);
  return result;
}

channel_overrides strict_fields::overrides() {
  const auto* found = find("override");
  if (!found)
    return {};
  const auto options = parse_json_object(*found);
  if (!options) {
    fail("override", bad_override);
    return {};
  }
  return {
    .presence = override_of(*options, "presence"),
    .join_leave = override_of(*options, "join_leave"),
    .force_push_join_leave = override_of(*options, "force_push_join_leave"),
    .force_recovery = override_of(*options, "force_recovery"),
    .force_positioning = override_of(*options, "force_positioning"),
  };
}

string_map<granted_channel> strict_fields::subs() {
  const auto* found = find("subs");
  if (!found)
    return {};
  string_map<granted_channel> result;
  const auto grants = parse_json_object(*found);
  if (!grants || grants->contains(""))
    fail("subs", bad_subs);
  else
    for (const auto& [channel, text] : *grants)
      result.emplace(channel, grant(text));
  return result;
}

void strict_fields::refuse(std::initializer_list<std::string_view> names) {
  constexpr std::array<std::string_view, 4> nothing{"false", "0", "\"\"", "{}"};
  for (const auto name : names) {
    const auto* found = find(name);
    if (found && std::ranges::find(nothing, *found) == nothing.end())
      fail(name, "is not supported");
  }
}

bool strict_fields::names(std::string_view name,
                          std::string_view wanted) const {
  const auto* found = find(name);
  if (!found)
    return false;
  if (parse_json_string(*found) == wanted)
    return true;
  const auto list = parse_json_strings(*found);
  return list && std::ranges::find(*list, wanted) != list->end();
}

const std::string* strict_fields::find(std::string_view name) const {
  const auto found = members_.find(name);
  if (found == members_.end() || found->second == "null")
    return nullptr;
  return &found->second;
}

void strict_fields::fail(std::string_view name, std::string_view problem) {
  if (problem_.empty())
    problem_.append(name).append(" ").append(problem);
}

granted_channel strict_fields::grant(const std::string& text) {
  if (text == "null")
    return {};
  const auto members = parse_json_object(text);
  if (!members) {
    fail("subs", bad_subs);
    return {};
  }
  strict_fields inner{*members};
  granted_channel result{
    .info = inner.info(),
    .data = inner.data("data", "b64data"),
    .overrides = inner.overrides(),
  };
  if (!inner.problem().empty())
    fail("subs:", inner.problem());
  return result;
}

std::optional<bool> strict_fields::override_of(const json_object& options,
                                               std::string_view name) {
  const auto option = options.find(name);
  if (option == options.end() || option->second == "null")
    return std::nullopt;
  if (const auto members = parse_json_object(option->second)) {
    const auto value = members->find("value");
    const auto given = value != members->end();
    if (given && (value->second == "true" || value->second == "false"))
      return value->second == "true";
  }
  fail("override", bad_override);
  return std::nullopt;
}

} // namespace rookery
