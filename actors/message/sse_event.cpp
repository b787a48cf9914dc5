#include "actors/message/sse_event.hpp"

#include "actors/text/base64.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace rookery {

namespace {

frame_ptr make_chunk(std::string_view body) {
  char digits[16];
  const auto [end, ec] =
    std::to_chars(std::begin(digits), std::end(digits), body.size(), 16);
  const std::string_view size{digits, static_cast<std::size_t>(end - digits)};
  constexpr std::string_view line_end = "\r\n";
  auto result = frame::allocate(size.size() + body.size() + 4);
  auto* out = result->data();
  for (const auto part : {size, line_end, body, line_end})
    out = std::copy(part.begin(), part.end(), out);
  return result;
}

void append_data(std::string& event, std::string_view text) {
  for (;;) {
    const auto end = text.find_first_of("\r\n");
    event += "data: ";
    event += text.substr(0, end);
    event += '\n';
    if (end == text.npos)
      return;
    text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  }
}

std::string id_line(std::string_view id) {
  return id.empty() ? std::string{} : "id: " + std::string{id} + '\n';
}

} // namespace

frame_ptr encode_sse(payload_kind kind, std::string_view payload,
                     std::string_view id) {
  auto event = id_line(id);
  if (kind == payload_kind::binary) {
    event += "event: binary\n";
    append_data(event, encode_base64(payload));
  } else {
    append_data(event, payload);
  }
  return make_chunk(event + '\n');
}

frame_ptr encode_sse_id(std::string_view id) {
  return make_chunk(id_line(id) + '\n');
}

frame_ptr encode_sse_event(std::string_view name, std::string_view data) {
  auto event = "event: " + std::string{name} + '\n';
  append_data(event, data);
  return make_chunk(event + '\n');
}

frame_ptr encode_sse_comment() {
  return make_chunk(":\n\n");
}

frame_ptr encode_sse_retry(std::chrono::milliseconds delay) {
  return make_chunk("retry: " + std::to_string(delay.count()) + "\n\n");
}

} // namespace rookery
