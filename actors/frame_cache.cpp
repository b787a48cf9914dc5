#include "actors/frame_cache.hpp"

#include "actors/position_text.hpp"
#include "actors/sse_event.hpp"
#include "actors/websocket_frame.hpp"

namespace rookery {

namespace {

/// What an event stream's client comes back with; empty outside of a history.
std::string event_id(const publication& what) {
  const auto fields = what.fields();
  const auto offset = fields.offset();
  if (offset == 0)
    return {};
  return to_text({offset, std::string{fields.find(field_tag::epoch)}});
}

} // namespace

const frame_ptr& frame_cache::frame_for(wire form) {
  auto& result = frames_[static_cast<std::size_t>(form)];
  if (!result)
    result = form == wire::websocket
               ? encode_websocket(what_.kind(), what_.data())
               : encode_sse(what_.kind(), what_.data(), event_id(what_));
  return result;
}

} // namespace rookery
