#include "net/output_queue.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

void output_queue::push(frame_ptr bytes, output_store& store) {
  if (!last_) {
    first_ = last_ = store.take();
  } else if (end_ == output_block::capacity) {
    last_->next = store.take();
    last_ = last_->next;
    end_ = 0;
  }
  bytes_ += bytes->size();
  ++count_;
  store.queued_ += entry_overhead;
  if (bytes->enter_queue())
    store.queued_ += bytes->size();
  last_->frames[end_++] = std::move(bytes);
}

std::size_t output_queue::gather(std::span<iovec> parts) const noexcept {
  const auto total = std::min<std::size_t>(parts.size(), count_);
  const auto* block = first_;
  std::size_t position = begin_;
  std::size_t skip = offset_;
  for (std::size_t i = 0; i < total; ++i) {
    if (position == output_block::capacity) {
      block = block->next;
      position = 0;
    }
    auto& bytes = *block->frames[position++];
    // sendmsg takes the pointer without const and only reads.
    parts[i] = {bytes.data() + skip, bytes.size() - skip};
    skip = 0;
  }
  return total;
}

void output_queue::consume(std::size_t size, output_store& store) noexcept {
  bytes_ -= size;
  while (count_ > 0) {
    const auto left = first_->frames[begin_]->size() - offset_;
    if (size < left) {
      offset_ += static_cast<std::uint32_t>(size);
      return;
    }
    size -= left;
    pop(store);
  }
}

void output_queue::drop_unsent(output_store& store) noexcept {
  if (offset_ == 0)
    return clear(store);
  auto started = first_->frames[begin_];
  const auto offset = offset_;
  clear(store);
  push(std::move(started), store);
  consume(offset, store);
}

void output_queue::clear(output_store& store) noexcept {
  bytes_ = 0;
  while (count_ > 0)
    pop(store);
}

void output_queue::pop(output_store& store) noexcept {
  auto& done = first_->frames[begin_++];
  store.queued_ -= entry_overhead;
  if (done->leave_queue())
    store.queued_ -= done->size();
  done.reset();
  offset_ = 0;
  --count_;
  if (count_ > 0 && begin_ < output_block::capacity)
    return;
  store.give_back(std::exchange(first_, first_->next));
  begin_ = 0;
  if (count_ == 0) {
    last_ = nullptr;
    end_ = 0;
  }
}

} // namespace rookery
