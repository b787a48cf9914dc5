#include "actors/centrifuge/centrifuge_pushes.hpp"

#include "actors/centrifuge/centrifuge_json_encoder.hpp"
#include "actors/message/websocket_frame.hpp"
#include "configs/utf8.hpp"

#include <string>

namespace rookery {

namespace {

/// Per-loop encoder and buffer, reused.
struct workshop {
  centrifuge_json_encoder encoder;
  std::string buffer;
};

// A buffer that grew beyond this is freed.
constexpr std::size_t kept_buffer = 1024 * 1024;

centrifuge_push push_of(const publication& what) noexcept {
  switch (what.fields().event()) {
  case publication_event::join:
    return {what.channel(), join_push{info_of(what)}};
  case publication_event::leave:
    return {what.channel(), leave_push{info_of(what)}};
  case publication_event::message:
  case publication_event::cleared:
    break;
  }
  return {what.channel(), view_of(what)};
}

frame_ptr encode(const publication& what) {
  if (!is_json_text(what))
    return nullptr;
  thread_local workshop here;
  here.buffer.clear();
  here.encoder.encode(push_of(what), here.buffer);
  auto result = encode_websocket(payload_kind::text, here.buffer);
  if (here.buffer.capacity() > kept_buffer)
    here.buffer = {};
  return result;
}

} // namespace

const wire_format centrifuge_json_format{encode};

bool is_json_text(const publication& what) noexcept {
  return what.kind() != payload_kind::binary || is_valid_utf8(what.data());
}

client_info info_of(const publication& what) noexcept {
  const auto fields = what.fields();
  return {fields.find(field_tag::user), fields.find(field_tag::client),
          fields.find(field_tag::conn_info), fields.find(field_tag::chan_info)};
}

centrifuge_publication view_of(const publication& what) noexcept {
  centrifuge_publication result;
  result.data = what.data();
  result.offset = what.offset();
  result.tags = what.fields().find(field_tag::tags);
  if (const auto info = info_of(what); !info.client.empty())
    result.info = info;
  return result;
}

} // namespace rookery
