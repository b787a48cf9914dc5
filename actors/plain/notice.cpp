#include "actors/plain/notice.hpp"

#include "actors/message/sse_event.hpp"
#include "actors/message/websocket_frame.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/json_writer.hpp"

#include <algorithm>
#include <string>

namespace rookery {

namespace {

constexpr std::size_t max_tag_size = 32;

/// Returns the text of a notice: its kind and tag, and then the members that
/// `write` adds.
template <class Write>
std::string
notice_text(std::string_view kind, std::string_view tag, Write write) {
  std::string result;
  json_object_writer fields{result};
  fields.text("rookery", kind);
  fields.text("tag", tag);
  write(fields);
  fields.end();
  return result;
}

} // namespace

bool is_notice_tag(std::string_view tag) noexcept {
  return !tag.empty() && tag.size() <= max_tag_size
         && std::all_of(tag.begin(), tag.end(), is_letter_or_digit);
}

frame_ptr encode_gap_notice(plain_form form, std::string_view tag,
                            gap_reason reason) {
  const auto text = notice_text("gap", tag, [&](auto& fields) {
    fields.text("reason", to_string(reason));
  });
  return form == plain_form::websocket
           ? encode_websocket(payload_kind::text, text)
           : encode_sse_event("gap", text);
}

frame_ptr encode_position_notice(std::string_view tag,
                                 const stream_position& position) {
  const auto text = notice_text("position", tag, [&](auto& fields) {
    fields.count("offset", position.offset);
    fields.string("epoch", position.epoch);
  });
  return encode_websocket(payload_kind::text, text);
}

frame_ptr encode_publish_notice(std::string_view tag,
                                const publish_outcome& outcome) {
  const auto text = notice_text("publish", tag, [&](auto& fields) {
    fields.text("outcome", to_string(outcome.verdict));
    fields.text("reason", to_string(outcome.problem));
  });
  return encode_websocket(payload_kind::text, text);
}

} // namespace rookery
