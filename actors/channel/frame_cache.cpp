#include "actors/channel/frame_cache.hpp"

#include "actors/centrifuge/centrifuge_pushes.hpp"
#include "actors/message/position_text.hpp"
#include "actors/message/sse_event.hpp"
#include "actors/message/websocket_frame.hpp"

namespace rookery {

namespace {

/// Returns the event id with which a client of an event stream recovers; empty
/// without a history.
std::string event_id(const publication& what) {
  const auto fields = what.fields();
  const auto offset = fields.offset();
  if (offset == 0)
    return {};
  return to_text({offset, std::string{fields.find(field_tag::epoch)}});
}

frame_ptr encode(wire form, const publication& what) {
  switch (form) {
  case wire::websocket:
    return encode_websocket(what.kind(), what.data());
  case wire::sse:
    return encode_sse(what.kind(), what.data(), event_id(what));
  case wire::centrifuge_json:
    return encode_centrifuge_json(what);
  }
  return nullptr;
}

} // namespace

const frame_ptr& frame_cache::frame_for(wire form) {
  auto& result = frames_[static_cast<std::size_t>(form)];
  if (!result)
    result = encode(form, what_);
  return result;
}

} // namespace rookery
