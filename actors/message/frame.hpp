#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#ifndef NDEBUG
#include <thread>
#endif

namespace rookery {

class frame;

/// Shared ownership of a frame, within one loop.
using frame_ptr = boost::intrusive_ptr<frame>;

/// Bytes ready for a socket, encoded once and shared by all receivers of one
/// loop. A frame never leaves the loop that made it: its reference count is not
/// atomic (debug builds assert the thread). The maker fills it; from then on it
/// is immutable.
class frame {
public:
  /// Returns a frame of `size` bytes, not yet filled. One allocation.
  static frame_ptr allocate(std::size_t size) {
    return frame_ptr{new (::operator new(sizeof(frame) + size)) frame{size}};
  }

  /// Returns a frame that holds a copy of `bytes`.
  static frame_ptr copy(std::string_view bytes) {
    auto result = allocate(bytes.size());
    if (!bytes.empty())
      std::memcpy(result->data(), bytes.data(), bytes.size());
    return result;
  }

  std::size_t size() const noexcept { return size_; }

  unsigned char* data() noexcept {
    return reinterpret_cast<unsigned char*>(this + 1);
  }

  const unsigned char* data() const noexcept {
    return reinterpret_cast<const unsigned char*>(this + 1);
  }

  std::string_view bytes() const noexcept {
    return {reinterpret_cast<const char*>(data()), size_};
  }

  /// Notes that a queue of the loop holds it once more. Returns true if none
  /// did before.
  bool enter_queue() noexcept { return queues_++ == 0; }

  /// Notes that a queue holds it once less. Returns true for the last one.
  bool leave_queue() noexcept { return --queues_ == 0; }

  friend void intrusive_ptr_add_ref(frame* self) noexcept {
    self->assert_owner();
    ++self->references_;
  }

  friend void intrusive_ptr_release(frame* self) noexcept {
    self->assert_owner();
    if (--self->references_ == 0) {
      self->~frame();
      ::operator delete(self);
    }
  }

private:
  explicit frame(std::size_t size) noexcept
    : size_{static_cast<std::uint32_t>(size)} {}

  ~frame() = default;

#ifndef NDEBUG
  void assert_owner() const noexcept {
    assert(owner_ == std::this_thread::get_id());
  }

  std::thread::id owner_ = std::this_thread::get_id();
#else
  void assert_owner() const noexcept {}
#endif

  std::uint32_t references_ = 0;
  std::uint32_t queues_ = 0; // output queues that hold it
  std::uint32_t size_;
};

} // namespace rookery
