#include "actors/plain/plain_formats.hpp"

#include "actors/message/position_text.hpp"
#include "actors/message/publication.hpp"
#include "actors/message/sse_event.hpp"
#include "actors/message/websocket_frame.hpp"

#include <string>

namespace rookery {

namespace {

/// Returns the id with which an event stream's client comes back; empty outside
/// of a history.
std::string event_id(const publication& what) {
  const auto fields = what.fields();
  const auto offset = fields.offset();
  if (offset == 0)
    return {};
  return to_text({offset, std::string{fields.find(field_tag::epoch)}});
}

const wire_format messages{[](const publication& what) {
  return encode_websocket(what.kind(), what.data());
}};

const wire_format events{[](const publication& what) {
  return encode_sse(what.kind(), what.data(), event_id(what));
}};

} // namespace

const wire_format& format_of(plain_form form) noexcept {
  return form == plain_form::sse ? events : messages;
}

} // namespace rookery
