#pragma once

#include "bench/limit/client_frame.hpp"

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <sys/uio.h>
#include <vector>

namespace rookery::limit {

/// The frames for the members of one channel in one turn, each encoded once.
/// Reuses the memory of earlier turns.
class frame_batch {
public:
  void add(opcode kind, std::string_view payload);

  /// The frames, one piece each, for `sendmsg`. Valid until the next change.
  std::span<const iovec> pieces() const noexcept { return pieces_; }

  void clear() noexcept { pieces_.clear(); }

private:
  std::deque<std::string> frames_; // a deque, so pieces stay valid as it grows
  std::vector<iovec> pieces_;
};

} // namespace rookery::limit
