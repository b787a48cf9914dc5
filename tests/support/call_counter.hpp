#pragma once

namespace rookery::test {

/// What a thread has asked of the C library and the kernel.
struct call_counts {
  int allocations = 0;
  int locks = 0;
  int sends = 0;
  int receives = 0;
  int waits = 0; ///< changes of what epoll watches
};

/// Begins to count the calls of this thread. This program has its own versions
/// of these functions, which count and pass on.
void begin_counting() noexcept;

call_counts end_counting() noexcept;

} // namespace rookery::test
