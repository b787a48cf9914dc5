#include "actors/frame_cache.hpp"

#include "actors/centrifuge_pushes.hpp"
#include "actors/sse_event.hpp"
#include "actors/websocket_frame.hpp"

namespace rookery {

namespace {

frame_ptr encode(wire form, const publication& what) {
  switch (form) {
  case wire::websocket:
    return encode_websocket(what.kind(), what.data());
  case wire::sse:
    return encode_sse(what.kind(), what.data());
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
