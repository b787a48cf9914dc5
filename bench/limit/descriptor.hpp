#pragma once

#include <unistd.h>
#include <utility>

namespace rookery::limit {

/// The one owner of an open file descriptor.
class descriptor {
public:
  explicit descriptor(int number) noexcept : number_(number) {}

  descriptor(descriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)) {}

  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  ~descriptor() {
    if (number_ >= 0)
      close(number_);
  }

  int number() const noexcept { return number_; }

private:
  int number_;
};

} // namespace rookery::limit
