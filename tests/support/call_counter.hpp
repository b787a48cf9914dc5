#pragma once

namespace rookery::test {

/// The calls of a thread to the C library and the kernel.
struct call_counts {
  int allocations = 0;
  int locks = 0;
  int sends = 0;
  int receives = 0;
  int waits = 0; ///< changes of the epoll set
};

/// Starts to count the calls of this thread. The test program overrides these
/// functions with versions that count and forward.
void begin_counting() noexcept;

call_counts end_counting() noexcept;

} // namespace rookery::test
