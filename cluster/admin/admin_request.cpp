#include "cluster/admin/admin_request.hpp"

#include "actors/text/channel_name.hpp"
#include "cluster/shared/parse_json.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace rookery {

namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t result = 0;
  const auto* end = text.data() + text.size();
  const auto [last, ec] = std::from_chars(text.data(), end, result);
  if (text.empty() || ec != std::errc{} || last != end)
    return std::nullopt;
  return result;
}

} // namespace

admin_request::admin_request(const http_request& from,
                             std::span<const std::string_view> protocols)
  : from_{from}, protocols_{protocols}, is_action_{from.method == "POST"} {
  if (!is_action_)
    return;
  body_ = parse_json<admin_json>(from.body);
  if (is_nested_deeper(from.body))
    fail(400, "the body is nested deeper than " + std::to_string(max_json_depth)
                + " levels");
  else if (!body_.is_object())
    fail(400, "the body must be a JSON object");
}

bool admin_request::has(std::string_view name) const {
  return is_action_ ? !value(name).is_null() : from_.query(name).has_value();
}

admin_json admin_request::value(std::string_view name) const {
  const auto found =
    body_.is_object() ? body_.find(std::string{name}) : body_.end();
  return found == body_.end() ? admin_json() : *found;
}

std::string admin_request::text(std::string_view name) {
  if (!is_action_)
    return from_.query(name).value_or("");
  const auto found = value(name);
  if (found.is_string())
    return found;
  if (!found.is_null())
    fail(400, std::string{name} + " must be a string");
  return {};
}

std::string admin_request::needed_text(std::string_view name) {
  auto result = text(name);
  if (result.empty())
    fail(400, std::string{name} + " is missing");
  return result;
}

std::uint64_t admin_request::number(std::string_view name) {
  if (is_action_) {
    const auto found = value(name);
    if (found.is_number_unsigned())
      return found;
    if (!found.is_null())
      fail(400, std::string{name} + " must be a whole number");
    return 0;
  }
  const auto text = from_.query(name);
  if (!text || text->empty())
    return 0;
  const auto result = number_in(*text);
  if (!result)
    fail(400, std::string{name} + " must be a whole number");
  return result.value_or(0);
}

std::uint64_t admin_request::number_behind(std::string_view prefix) {
  const auto result = number_in(from_.path().substr(prefix.size()));
  if (!result)
    fail(400, "an actor id is a number");
  return result.value_or(0);
}

std::uint32_t admin_request::limit(std::uint32_t fallback) {
  if (!has("limit"))
    return fallback;
  const auto result = number("limit");
  if (result >= 1 && result <= max_limit)
    return static_cast<std::uint32_t>(result);
  fail(400, "limit must be from 1 to 1000");
  return fallback;
}

listing_order admin_request::order(listing_order fallback) {
  const auto name = text("sort");
  if (name.empty())
    return fallback;
  if (const auto result = listing_order_named(name))
    return *result;
  fail(400, "sort: no such order");
  return fallback;
}

std::string admin_request::protocol(std::string_view name) {
  auto result = text(name);
  if (result.empty()
      || std::ranges::find(protocols_, result) != protocols_.end())
    return result;
  std::string known;
  for (const auto each : protocols_)
    known.append(known.empty() ? "" : ", ").append(each);
  fail(400, std::string{name} + " must be one of " + known);
  return result;
}

std::string admin_request::channel(std::string_view name) {
  auto result = text(name);
  if (const auto error = check_channel_name(result))
    fail(400, std::string{name} + ": " + std::string{describe(*error)});
  else if (is_reserved(result))
    fail(400,
         std::string{name} + ": names with __ in front are the nodes' own");
  return result;
}

void admin_request::fail(unsigned status, std::string text) {
  if (!problem_)
    problem_ = admin_problem{status, std::move(text)};
}

} // namespace rookery
