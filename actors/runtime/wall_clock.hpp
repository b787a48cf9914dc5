#pragma once

#include <chrono>

namespace rookery {

/// The clock by which tokens expire. Safe from every thread; may jump.
class wall_clock {
public:
  virtual std::chrono::sys_seconds now() const = 0;

protected:
  ~wall_clock() = default;
};

/// The machine's clock.
class system_wall_clock final : public wall_clock {
public:
  std::chrono::sys_seconds now() const override {
    return std::chrono::time_point_cast<std::chrono::seconds>(
      std::chrono::system_clock::now());
  }
};

} // namespace rookery
