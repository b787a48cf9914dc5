#pragma once

#include <cstddef>
#include <new>

namespace rookery {

/// Gives each wait of an idle connection a block of its own size. Asio would
/// reuse the large block of some finished operation, and keep it for hours.
template <class T>
struct exact_allocator {
  using value_type = T;

  exact_allocator() = default;

  template <class U>
  exact_allocator(const exact_allocator<U>&) noexcept {}

  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T)));
  }

  void deallocate(T* memory, std::size_t) noexcept {
    ::operator delete(memory);
  }

  friend bool operator==(exact_allocator, exact_allocator) noexcept {
    return true;
  }
};

} // namespace rookery
