#include "cluster/hooks/hook_answer.hpp"

#include "actors/centrifuge/centrifuge_codes.hpp"
#include "cluster/shared/json_object.hpp"
#include "cluster/shared/strict_fields.hpp"

#include <utility>

namespace rookery {

namespace {

/// The maximum size of an error message in bytes. It is sent to one client
/// unchanged.
constexpr std::size_t max_message = 1024;

/// The close for a client whose JSON cannot carry the data of an answer.
const dictated_close not_json{3506, "inappropriate protocol"};

bad_hook_answer bad(std::string_view part, std::string_view problem) {
  return {std::string{part}.append(": ").append(problem)};
}

bool is_standard(std::int64_t code) noexcept {
  return code >= static_cast<std::uint32_t>(centrifuge_fault::internal)
         && code <= static_cast<std::uint32_t>(
              centrifuge_fault::concurrent_pagination);
}

/// Reads the fields of one part of an answer. Returns nullopt for values out of
/// range.
template <class Result>
using part_reader = std::optional<Result> (*)(strict_fields&);

/// Reads the part of an answer that is the object `text`.
template <class Grant, class Result>
hook_reading<Grant> read_part(std::string_view name, std::string_view text,
                              part_reader<Result> read) {
  const auto members = parse_json_object(text);
  if (!members)
    return bad(name, "not an object");
  strict_fields fields{*members};
  auto result = read(fields);
  if (!fields.problem().empty())
    return bad(name, fields.problem());
  if (!result)
    return bad(name, "code or text out of range");
  return hook_answer<Grant>(std::move(*result));
}

std::optional<hook_error> read_error(strict_fields& from) {
  const auto code = from.number("code");
  if (!is_standard(code) && (code < 400 || code > 1999))
    return std::nullopt;
  const auto number = static_cast<std::uint32_t>(code);
  const auto known = is_standard(code) ? error_of(centrifuge_fault{number})
                                       : client_error{number, {}};
  auto message = from.text("message");
  if (message.empty())
    message = known.message;
  if (message.empty() || message.size() > max_message)
    return std::nullopt;
  return hook_error{number, std::move(message),
                    from.flag("temporary", known.temporary)};
}

std::optional<dictated_close> read_close(strict_fields& from) {
  const auto code = from.number("code");
  if (code < 0 || code > 0xffff)
    return std::nullopt;
  dictated_close result{static_cast<std::uint16_t>(code), from.text("reason")};
  return is_valid(result) ? std::optional{std::move(result)} : std::nullopt;
}

bool is_sendable(const claim_data& what) noexcept {
  return what.bytes.empty() || what.is_json;
}

/// Reads the fields of a result; an answer may also be a close.
template <class Grant>
using result_reader = part_reader<hook_answer<Grant>>;

template <class Grant>
hook_reading<Grant>
read_answer(std::string_view text, result_reader<Grant> read,
            std::optional<hook_answer<Grant>> if_empty = std::nullopt) {
  const auto members = parse_json_object(text);
  if (!members)
    return bad_hook_answer{"not a JSON object"};
  strict_fields fields{*members};
  if (const auto close = fields.json("disconnect"); !close.empty())
    return read_part<Grant>("disconnect", close, &read_close);
  if (const auto error = fields.json("error"); !error.empty())
    return read_part<Grant>("error", error, &read_error);
  if (const auto result = fields.json("result"); !result.empty())
    return read_part<Grant>("result", result, read);
  if (!if_empty)
    return bad_hook_answer{"no result, error or disconnect"};
  return std::move(*if_empty);
}

/// Reads an expiry; 0 means never, as in Centrifugo.
std::optional<std::chrono::sys_seconds> read_end(strict_fields& fields) {
  const auto time = fields.time("expire_at");
  return time == std::chrono::sys_seconds{} ? std::nullopt : time;
}

std::optional<hook_answer<connect_grant>> read_connect(strict_fields& fields) {
  connect_grant result;
  result.is_known = true;
  result.claims = {
    .user = fields.user("user"),
    .expires_at = read_end(fields),
    .info = fields.info(),
    .channels = fields.texts("channels"),
    .subs = fields.subs(),
    .meta = fields.json("meta"),
  };
  auto data = fields.data("data", "b64data");
  for (const auto& [channel, granted] : result.claims.subs)
    if (!is_sendable(granted.info) || !is_sendable(granted.data))
      return not_json;
  if (!is_sendable(result.claims.info) || !is_sendable(data))
    return not_json;
  result.data = std::move(data.bytes);
  return result;
}

std::optional<hook_answer<refresh_grant>> read_refresh(strict_fields& fields) {
  const auto has_expired = fields.flag("expired");
  auto info = fields.info();
  const auto expires_at = read_end(fields);
  if (!is_sendable(info))
    return not_json;
  return refresh_grant{has_expired, expires_at, std::move(info.bytes)};
}

std::optional<hook_answer<subscribe_grant>>
read_subscribe(strict_fields& fields) {
  auto info = fields.info();
  auto data = fields.data("data", "b64data");
  if (!is_sendable(info) || !is_sendable(data))
    return not_json;
  return subscribe_grant{std::move(info.bytes), std::move(data.bytes),
                         read_end(fields), fields.overrides()};
}

std::optional<hook_answer<publish_grant>> read_publish(strict_fields& fields) {
  publish_grant result{std::nullopt, fields.flag("skip_history")};
  fields.refuse(
    {"tags", "idempotency_key", "version", "version_epoch", "delta"});
  auto data = fields.data("data", "b64data");
  if (!data.bytes.empty())
    result.data = std::move(data);
  return result;
}

std::optional<hook_answer<rpc_grant>> read_rpc(strict_fields& fields) {
  auto data = fields.data("data", "b64data");
  if (!is_sendable(data))
    return not_json;
  return rpc_grant{std::move(data.bytes)};
}

} // namespace

hook_reading<connect_grant> read_connect_answer(std::string_view text) {
  return read_answer<connect_grant>(text, &read_connect, connect_grant{});
}

hook_reading<refresh_grant> read_refresh_answer(std::string_view text) {
  return read_answer<refresh_grant>(text, &read_refresh);
}

hook_reading<subscribe_grant> read_subscribe_answer(std::string_view text) {
  return read_answer<subscribe_grant>(text, &read_subscribe);
}

hook_reading<publish_grant> read_publish_answer(std::string_view text) {
  return read_answer<publish_grant>(text, &read_publish);
}

hook_reading<rpc_grant> read_rpc_answer(std::string_view text) {
  return read_answer<rpc_grant>(text, &read_rpc);
}

} // namespace rookery
