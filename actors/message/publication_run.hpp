#pragma once

#include "actors/message/publication.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rookery {

/// Publications of one history whose offsets follow each other, oldest first.
/// Costs little while it holds few. Spans into it are valid until it changes.
class publication_run {
public:
  bool empty() const noexcept { return head_ == items_.size(); }

  std::size_t size() const noexcept { return items_.size() - head_; }

  /// What the publications count against a bound in bytes.
  std::size_t bytes() const noexcept { return bytes_; }

  std::span<const publication_ptr> all() const noexcept {
    return std::span{items_}.subspan(head_);
  }

  /// Those with offsets above `offset`.
  std::span<const publication_ptr> after(std::uint64_t offset) const noexcept;

  /// Those with offsets below `offset`.
  std::span<const publication_ptr> before(std::uint64_t offset) const noexcept;

  /// The one with that offset; null when it is not here.
  const publication* find(std::uint64_t offset) const noexcept;

  /// Whether `next` can be appended: it follows the newest, or there is none.
  bool takes(const publication& next) const noexcept;

  /// Takes `next`, see `takes`. O(1) amortised, like `drop_oldest`.
  void append(publication_ptr next);

  /// Returns what the dropped one counted in bytes. Not for an empty run.
  std::size_t drop_oldest() noexcept;

  /// Drops all and gives the memory back.
  void clear() noexcept;

private:
  std::size_t count_up_to(std::uint64_t offset) const noexcept;

  std::vector<publication_ptr> items_; // null before `head_`
  std::size_t head_ = 0;
  std::size_t bytes_ = 0;
};

} // namespace rookery
