#pragma once

#include "actors/runtime/waker.hpp"

#include <atomic>

namespace rookery::test {

/// A waker that only counts: the test runs the turns.
class manual_waker final : public waker {
public:
  void defer() override { ++deferred; }

  void wake() override { ++woken; }

  int deferred = 0;
  std::atomic<int> woken{0};
};

} // namespace rookery::test
