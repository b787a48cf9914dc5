#include "bench/limit/turn_frames.hpp"

namespace rookery::limit {

void turn_frames::add(channel& where, opcode kind, std::string_view payload) {
  if (!where.frames) {
    if (batches_.size() == channels_.size())
      batches_.emplace_back();
    where.frames = &batches_[channels_.size()];
    channels_.push_back(&where);
  }
  where.frames->add(kind, payload);
}

void turn_frames::clear() noexcept {
  for (auto* each : channels_) {
    each->frames->clear();
    each->frames = nullptr;
  }
  channels_.clear();
}

} // namespace rookery::limit
