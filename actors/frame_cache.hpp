#pragma once

#include "actors/frame.hpp"
#include "actors/publication.hpp"

#include <array>
#include <cstdint>

namespace rookery {

/// How frames reach a client: the encodings there are.
enum class wire : std::uint8_t { websocket, sse };

/// One publication's encodings on one loop: each wire's frame is made when the
/// first member asks for it, and shared by all of them.
class frame_cache {
public:
  /// `what` must outlive this.
  explicit frame_cache(const publication& what) : what_{what} {}

  const frame_ptr& frame_for(wire form);

  const publication& what() const noexcept { return what_; }

private:
  const publication& what_;
  std::array<frame_ptr, 2> frames_;
};

} // namespace rookery
