#pragma once

#include "actors/message/publication.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rookery {

/// A run of publications of one history with consecutive offsets, oldest first.
/// Small while it holds few. Spans into it are valid until it changes.
class publication_run {
public:
  bool empty() const noexcept { return head_ == items_.size(); }

  std::size_t size() const noexcept { return items_.size() - head_; }

  /// Returns the bytes by which the publications count against a limit.
  std::size_t bytes() const noexcept { return bytes_; }

  std::span<const publication_ptr> all() const noexcept {
    return std::span{items_}.subspan(head_);
  }

  /// Returns the publications with offsets above `offset`.
  std::span<const publication_ptr> after(std::uint64_t offset) const noexcept;

  /// Returns the publications with offsets below `offset`.
  std::span<const publication_ptr> before(std::uint64_t offset) const noexcept;

  /// Returns the publication with that offset; null if the run lacks it.
  const publication* find(std::uint64_t offset) const noexcept;

  /// Returns true if `next` can be appended: it follows the newest, or the run
  /// is empty.
  bool takes(const publication& next) const noexcept;

  /// Appends `next`; requires `takes(next)`. O(1) amortised, like
  /// `drop_oldest`.
  void append(publication_ptr next);

  /// Drops the oldest publication and returns its bytes. Requires a run that is
  /// not empty.
  std::size_t drop_oldest() noexcept;

  /// Drops all publications and frees the memory.
  void clear() noexcept;

private:
  std::size_t count_up_to(std::uint64_t offset) const noexcept;

  std::vector<publication_ptr> items_; // null before `head_`
  std::size_t head_ = 0;
  std::size_t bytes_ = 0;
};

} // namespace rookery
