#define CAF_SUITE frame_cache

#include "actors/centrifuge/centrifuge_pushes.hpp"
#include "actors/channel/frame_cache.hpp"
#include "actors/message/websocket_frame.hpp"
#include "actors/plain/plain_formats.hpp"

#include <caf/test/unit_test.hpp>

#include <set>

using namespace rookery;

namespace {

int encoded = 0;

const wire_format counting{[](const publication& what) {
  ++encoded;
  return encode_websocket(what.kind(), what.data());
}};

} // namespace

CAF_TEST(a frame is made for the first member and shared by all) {
  const auto what = publication::make("lobby", "hi", payload_kind::text);
  frame_cache frames{*what};
  const auto first = frames.frame_for(counting);
  CAF_CHECK(frames.frame_for(counting) == first);
  CAF_CHECK_EQUAL(encoded, 1);
  CAF_CHECK(frames.frame_for(format_of(plain_form::sse)) != first);
}

CAF_TEST(every format has a slot of its own) {
  const std::set<std::size_t> slots{
    counting.slot(), format_of(plain_form::websocket).slot(),
    format_of(plain_form::sse).slot(), centrifuge_json_format.slot()};
  CAF_CHECK_EQUAL(slots.size(), 4u);
  CAF_CHECK(*slots.rbegin() < wire_format::max_formats);
}
