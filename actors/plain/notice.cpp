#include "actors/plain/notice.hpp"

#include "actors/message/sse_event.hpp"
#include "actors/message/websocket_frame.hpp"
#include "actors/text/ascii.hpp"

#include <algorithm>
#include <string>

namespace rookery {

namespace {

constexpr std::size_t max_tag_size = 32;

// Neither tags nor the names in our tables need escaping in JSON.
std::string field(std::string_view name, std::string_view value) {
  std::string result = ",\"";
  result.append(name).append("\":\"").append(value).append("\"");
  return result;
}

std::string begin_notice(std::string_view what, std::string_view tag) {
  std::string result = "{\"rookery\":\"";
  result.append(what).append("\"");
  if (!tag.empty())
    result += field("tag", tag);
  return result;
}

} // namespace

bool is_notice_tag(std::string_view tag) noexcept {
  return !tag.empty() && tag.size() <= max_tag_size
         && std::all_of(tag.begin(), tag.end(), is_letter_or_digit);
}

frame_ptr encode_gap_notice(wire form, std::string_view tag,
                            gap_reason reason) {
  const auto text =
    begin_notice("gap", tag) + field("reason", to_string(reason)) + "}";
  return form == wire::websocket ? encode_websocket(payload_kind::text, text)
                                 : encode_sse_event("gap", text);
}

frame_ptr encode_position_notice(std::string_view tag,
                                 const stream_position& position) {
  const auto text = begin_notice("position", tag)
                    + ",\"offset\":" + std::to_string(position.offset)
                    + field("epoch", position.epoch) + "}";
  return encode_websocket(payload_kind::text, text);
}

frame_ptr encode_publish_notice(std::string_view tag,
                                const publish_outcome& outcome) {
  const auto text = begin_notice("publish", tag)
                    + field("outcome", to_string(outcome.verdict))
                    + field("reason", to_string(outcome.problem)) + "}";
  return encode_websocket(payload_kind::text, text);
}

} // namespace rookery
