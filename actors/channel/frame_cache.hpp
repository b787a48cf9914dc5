#pragma once

#include "actors/channel/wire_format.hpp"
#include "actors/message/publication.hpp"

#include <array>

namespace rookery {

/// The encodings of one publication on one loop: the frame of each format is
/// made when the first member asks for it, and shared by all of them.
class frame_cache {
public:
  /// `what` must outlive this. `can_wait` if members that have no room may get
  /// it later, from the history.
  explicit frame_cache(const publication& what, bool can_wait = false)
    : what_{what}, event_{what.fields().event()}, can_wait_{can_wait} {}

  /// Returns null if the format cannot carry the publication.
  const frame_ptr& frame_for(const wire_format& form) {
    auto& result = frames_[form.slot()];
    if (!result)
      result = form.encode(what_);
    return result;
  }

  const publication& what() const noexcept { return what_; }

  bool can_wait() const noexcept { return can_wait_; }

  /// Returns the event of the publication: members that do not want joins and
  /// leaves skip them.
  publication_event event() const noexcept { return event_; }

private:
  const publication& what_;
  publication_event event_;
  bool can_wait_;
  std::array<frame_ptr, wire_format::max_formats> frames_;
};

} // namespace rookery
