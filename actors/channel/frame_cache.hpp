#pragma once

#include "actors/channel/wire_format.hpp"
#include "actors/message/publication.hpp"

#include <array>

namespace rookery {

/// The encodings of one publication on one loop: the frame of each format is
/// made when the first member asks for it, and shared by all of them.
class frame_cache {
public:
  /// `what` must outlive this.
  explicit frame_cache(const publication& what)
    : what_{what}, event_{what.fields().event()} {}

  /// Returns null if the format cannot carry the publication.
  const frame_ptr& frame_for(const wire_format& form) {
    auto& result = frames_[form.slot()];
    if (!result)
      result = form.encode(what_);
    return result;
  }

  const publication& what() const noexcept { return what_; }

  /// Returns the event of the publication: members that do not want joins and
  /// leaves skip them.
  publication_event event() const noexcept { return event_; }

private:
  const publication& what_;
  publication_event event_;
  std::array<frame_ptr, wire_format::max_formats> frames_;
};

} // namespace rookery
