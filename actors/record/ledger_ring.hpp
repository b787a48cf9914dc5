#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace rookery {

/// The bytes that the ledgers of a loop's channels use together. Loop thread
/// only.
class ledger_budget {
public:
  explicit ledger_budget(std::size_t limit) noexcept : limit_{limit} {}

  /// Returns false if fewer bytes are left.
  bool take(std::size_t bytes) noexcept {
    if (bytes > limit_ - used_)
      return false;
    used_ += bytes;
    return true;
  }

  void give_back(std::size_t bytes) noexcept { used_ -= bytes; }

  std::size_t used() const noexcept { return used_; }

private:
  std::size_t limit_;
  std::size_t used_ = 0;
};

/// The last entries of a ledger: once it is full, the newest takes the place of
/// the oldest. Begins without storage and grows by doubling while the budget
/// lasts. Small, because every channel has one.
template <class T>
class ledger_ring {
public:
  static constexpr std::size_t first_capacity = 4;
  static constexpr std::size_t max_kept = 64;

  /// Adds `entry`, or drops it if there is no storage at all.
  void push(const T& entry, ledger_budget& memory) {
    if (size_ == capacity_ && capacity_ < max_kept)
      grow(memory);
    if (capacity_ == 0)
      return;
    entries_[(first_ + size_) % capacity_] = entry;
    if (size_ < capacity_)
      ++size_;
    else
      first_ = static_cast<std::uint8_t>((first_ + 1) % capacity_);
  }

  /// Frees the storage. Must be the last call.
  void release(ledger_budget& memory) noexcept {
    entries_.reset();
    memory.give_back(capacity_ * sizeof(T));
    first_ = size_ = capacity_ = 0;
  }

  std::size_t size() const noexcept { return size_; }

  /// Returns an entry; the oldest has index 0.
  const T& operator[](std::size_t i) const noexcept {
    return entries_[(first_ + i) % capacity_];
  }

private:
  void grow(ledger_budget& memory) {
    const auto wanted =
      std::max<std::size_t>(first_capacity, std::size_t{2} * capacity_);
    if (!memory.take((wanted - capacity_) * sizeof(T)))
      return;
    auto larger = std::make_unique<T[]>(wanted);
    for (std::size_t i = 0; i < size_; ++i)
      larger[i] = (*this)[i];
    entries_ = std::move(larger);
    first_ = 0;
    capacity_ = static_cast<std::uint8_t>(wanted);
  }

  std::unique_ptr<T[]> entries_;
  std::uint8_t first_ = 0;
  std::uint8_t size_ = 0;
  std::uint8_t capacity_ = 0;
};

} // namespace rookery
