#include "cluster/hooks/hook_answer.hpp"

#include "cluster/shared/json_object.hpp"
#include "cluster/shared/strict_fields.hpp"

#include <charconv>

namespace rookery {

namespace {

/// Bytes of an error's message: it goes to one client, as it is.
constexpr std::size_t longest_message = 1024;

/// What clients of JSON cannot be sent.
const dictated_close not_json{3506, "inappropriate protocol"};

/// The value of a member that is there and not null.
const std::string* find(const json_object& members, std::string_view name) {
  const auto found = members.find(name);
  return found == members.end() || found->second == "null" ? nullptr
                                                           : &found->second;
}

/// A flag; `otherwise` if absent, nothing if it is none.
std::optional<bool> read_flag(const json_object& members, std::string_view name,
                              bool otherwise = false) {
  const auto* found = find(members, name);
  if (!found)
    return otherwise;
  if (*found != "true" && *found != "false")
    return std::nullopt;
  return *found == "true";
}

std::optional<std::uint32_t> read_code(const json_object& members) {
  const auto* found = find(members, "code");
  if (!found)
    return std::nullopt;
  std::uint32_t code = 0;
  const auto* end = found->data() + found->size();
  const auto [rest, ec] = std::from_chars(found->data(), end, code);
  return ec == std::errc{} && rest == end ? std::optional{code} : std::nullopt;
}

/// A text; empty if absent, nothing if it is none.
std::optional<std::string> read_text(const json_object& members,
                                     std::string_view name) {
  const auto* found = find(members, name);
  return found ? parse_json_string(*found) : std::string{};
}

bool is_standard(std::uint32_t code) noexcept {
  return code >= static_cast<std::uint32_t>(centrifuge_fault::internal)
         && code <= static_cast<std::uint32_t>(
              centrifuge_fault::concurrent_pagination);
}

std::optional<hook_error> read_error(std::string_view text) {
  const auto members = parse_json_object(text);
  const auto code = members ? read_code(*members) : std::nullopt;
  if (!code)
    return std::nullopt;
  centrifuge_error known{*code, {}};
  if (is_standard(*code))
    known = error_of(centrifuge_fault{*code});
  else if (*code < 400 || *code > 1999)
    return std::nullopt;
  auto message = read_text(*members, "message");
  const auto temporary = read_flag(*members, "temporary", known.temporary);
  if (message && message->empty())
    message = known.message;
  if (!message || message->empty() || message->size() > longest_message
      || !temporary)
    return std::nullopt;
  return hook_error{*code, std::move(*message), *temporary};
}

std::optional<dictated_close> read_close(std::string_view text) {
  const auto members = parse_json_object(text);
  const auto code = members ? read_code(*members) : std::nullopt;
  auto reason = members ? read_text(*members, "reason") : std::nullopt;
  if (!code || *code > 0xffff || !reason)
    return std::nullopt;
  dictated_close result{static_cast<std::uint16_t>(*code), std::move(*reason)};
  return is_valid(result) ? std::optional{std::move(result)} : std::nullopt;
}

bool is_sendable(const claim_data& what) noexcept {
  return what.bytes.empty() || what.is_json;
}

/// Reads the fields of a result; an answer may also be a close.
template <class Grant>
using result_reader = std::optional<hook_answer<Grant>> (*)(const json_object&,
                                                            strict_fields&);

template <class Grant>
std::optional<hook_answer<Grant>>
read_result(std::string_view text, result_reader<Grant> read) {
  const auto members = parse_json_object(text);
  if (!members)
    return std::nullopt;
  strict_fields claims{*members};
  auto result = read(*members, claims);
  if (!claims.problem().empty())
    return std::nullopt;
  return result;
}

template <class Grant>
std::optional<hook_answer<Grant>>
read_answer(std::string_view text, result_reader<Grant> read,
            std::optional<hook_answer<Grant>> if_empty = std::nullopt) {
  const auto members = parse_json_object(text);
  if (!members)
    return std::nullopt;
  if (const auto* close = find(*members, "disconnect"))
    return read_close(*close);
  if (const auto* error = find(*members, "error"))
    return read_error(*error);
  if (const auto* result = find(*members, "result"))
    return read_result(*result, read);
  return if_empty;
}

/// When something ends; 0 means never, as in Centrifugo.
std::optional<std::chrono::sys_seconds> read_end(strict_fields& claims) {
  const auto time = claims.time("expire_at");
  return time == std::chrono::sys_seconds{} ? std::nullopt : time;
}

std::optional<hook_answer<connect_grant>> read_connect(const json_object&,
                                                       strict_fields& claims) {
  connect_grant result;
  result.is_known = true;
  result.claims = {
    .user = claims.text("user"),
    .expires_at = read_end(claims),
    .info = claims.data("info", "b64info"),
    .channels = claims.texts("channels"),
    .subs = claims.subs(),
    .meta = claims.json("meta"),
  };
  auto data = claims.data("data", "b64data");
  for (const auto& [channel, granted] : result.claims.subs)
    if (!is_sendable(granted.info) || !is_sendable(granted.data))
      return not_json;
  if (!is_sendable(result.claims.info) || !is_sendable(data))
    return not_json;
  result.data = std::move(data.bytes);
  return result;
}

std::optional<hook_answer<refresh_grant>>
read_refresh(const json_object& members, strict_fields& claims) {
  const auto has_expired = read_flag(members, "expired");
  auto info = claims.data("info", "b64info");
  const auto expires_at = read_end(claims);
  if (!has_expired)
    return std::nullopt;
  if (!is_sendable(info))
    return not_json;
  return refresh_grant{*has_expired, expires_at, std::move(info.bytes)};
}

std::optional<hook_answer<subscribe_grant>>
read_subscribe(const json_object&, strict_fields& claims) {
  auto info = claims.data("info", "b64info");
  auto data = claims.data("data", "b64data");
  if (!is_sendable(info) || !is_sendable(data))
    return not_json;
  return subscribe_grant{std::move(info.bytes), std::move(data.bytes),
                         read_end(claims), claims.overrides()};
}

std::optional<hook_answer<publish_grant>>
read_publish(const json_object& members, strict_fields& claims) {
  const auto skips_history = read_flag(members, "skip_history");
  auto data = claims.data("data", "b64data");
  if (!skips_history)
    return std::nullopt;
  publish_grant result{std::nullopt, *skips_history};
  if (!data.bytes.empty())
    result.data = std::move(data);
  return result;
}

std::optional<hook_answer<rpc_grant>> read_rpc(const json_object&,
                                               strict_fields& claims) {
  auto data = claims.data("data", "b64data");
  if (!is_sendable(data))
    return not_json;
  return rpc_grant{std::move(data.bytes)};
}

} // namespace

std::optional<hook_answer<connect_grant>>
read_connect_answer(std::string_view text) {
  return read_answer<connect_grant>(text, &read_connect, connect_grant{});
}

std::optional<hook_answer<refresh_grant>>
read_refresh_answer(std::string_view text) {
  return read_answer<refresh_grant>(text, &read_refresh);
}

std::optional<hook_answer<subscribe_grant>>
read_subscribe_answer(std::string_view text) {
  return read_answer<subscribe_grant>(text, &read_subscribe);
}

std::optional<hook_answer<publish_grant>>
read_publish_answer(std::string_view text) {
  return read_answer<publish_grant>(text, &read_publish);
}

std::optional<hook_answer<rpc_grant>> read_rpc_answer(std::string_view text) {
  return read_answer<rpc_grant>(text, &read_rpc);
}

} // namespace rookery
