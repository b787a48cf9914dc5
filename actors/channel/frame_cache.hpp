#pragma once

#include "actors/message/frame.hpp"
#include "actors/message/publication.hpp"

#include <array>
#include <cstdint>

namespace rookery {

/// The encodings in which frames reach clients.
enum class wire : std::uint8_t { websocket, sse, centrifuge_json };

/// One publication's encodings on one loop: each wire's frame is made when the
/// first member asks for it, and shared by all of them.
class frame_cache {
public:
  /// `what` must outlive this.
  explicit frame_cache(const publication& what)
    : what_{what}, event_{what.fields().event()} {}

  const frame_ptr& frame_for(wire form);

  const publication& what() const noexcept { return what_; }

  /// The kind of event: protocols without joins and leaves skip those.
  publication_event event() const noexcept { return event_; }

private:
  const publication& what_;
  publication_event event_;
  std::array<frame_ptr, 3> frames_;
};

} // namespace rookery
