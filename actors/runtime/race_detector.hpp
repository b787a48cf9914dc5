#pragma once

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ROOKERY_RACE_DETECTOR
#include <sanitizer/tsan_interface.h>
#endif
#endif

namespace rookery {

/// Tells ThreadSanitizer of an order that it cannot see because libcaf is not
/// instrumented: everything before `happens_before(x)` comes before everything
/// after the `happens_after(x)` that follows. Does nothing in other builds.
inline void happens_before([[maybe_unused]] const void* mark) noexcept {
#ifdef ROOKERY_RACE_DETECTOR
  __tsan_release(const_cast<void*>(mark));
#endif
}

inline void happens_after([[maybe_unused]] const void* mark) noexcept {
#ifdef ROOKERY_RACE_DETECTOR
  __tsan_acquire(const_cast<void*>(mark));
#endif
}

} // namespace rookery
