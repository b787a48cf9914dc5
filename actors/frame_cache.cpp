#include "actors/frame_cache.hpp"

#include "actors/sse_event.hpp"
#include "actors/websocket_frame.hpp"

namespace rookery {

const frame_ptr& frame_cache::frame_for(wire form) {
  auto& result = frames_[static_cast<std::size_t>(form)];
  if (!result)
    result = form == wire::websocket
               ? encode_websocket(what_.kind(), what_.data())
               : encode_sse(what_.kind(), what_.data());
  return result;
}

} // namespace rookery
