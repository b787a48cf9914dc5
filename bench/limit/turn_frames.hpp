#pragma once

#include "bench/limit/channel_table.hpp"

#include <deque>
#include <vector>

namespace rookery::limit {

/// All frames of one turn of the loop, by channel.
class turn_frames {
public:
  void add(channel& where, opcode kind, std::string_view payload);

  /// The channels that have frames.
  const std::vector<channel*>& channels() const noexcept { return channels_; }

  void clear() noexcept;

private:
  // Spare batches for later turns, so an idle channel has none.
  std::deque<frame_batch> batches_;
  std::vector<channel*> channels_;
};

} // namespace rookery::limit
