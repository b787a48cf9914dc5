#pragma once

#include <unistd.h>
#include <utility>

namespace rookery {

/// The one owner of an open file descriptor; closes it at its end.
class descriptor {
public:
  explicit descriptor(int native_handle) noexcept
    : native_handle_{native_handle} {}

  descriptor(descriptor&& other) noexcept
    : native_handle_{std::exchange(other.native_handle_, -1)} {}

  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(native_handle_, other.native_handle_);
    return *this;
  }

  ~descriptor() { close(); }

  bool is_open() const noexcept { return native_handle_ >= 0; }

  int native_handle() const noexcept { return native_handle_; }

  void close() noexcept {
    if (is_open())
      ::close(std::exchange(native_handle_, -1));
  }

private:
  int native_handle_;
};

} // namespace rookery
