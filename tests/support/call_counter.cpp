#include "tests/support/call_counter.hpp"

#include <cstdlib>
#include <dlfcn.h>
#include <new>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

thread_local rookery::test::call_counts counts;
thread_local bool is_counting = false;

} // namespace

namespace rookery::test {

void begin_counting() noexcept {
  counts = {};
  is_counting = true;
}

call_counts end_counting() noexcept {
  is_counting = false;
  return counts;
}

} // namespace rookery::test

// Override every form: libraries and sanitizers have their own versions of the
// others.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  counts.allocations += is_counting;
  return std::malloc(size);
}

void* operator new(std::size_t size) {
  if (auto* result = ::operator new(size, std::nothrow))
    return result;
  throw std::bad_alloc{};
}

void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return ::operator new(size, std::nothrow);
}

void* operator new[](std::size_t size) {
  return ::operator new(size);
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

void operator delete[](void* memory) noexcept {
  std::free(memory);
}

void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

extern "C" {

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  using function = int (*)(pthread_mutex_t*);
  static function real = nullptr; // no guard: it would lock
  if (!real)
    real = reinterpret_cast<function>(::dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  counts.locks += is_counting;
  return real(mutex);
}

ssize_t sendmsg(int handle, const msghdr* message, int flags) {
  counts.sends += is_counting;
  return ::syscall(SYS_sendmsg, handle, message, flags);
}

ssize_t recv(int handle, void* buffer, size_t size, int flags) {
  counts.receives += is_counting;
  return ::syscall(SYS_recvfrom, handle, buffer, size, flags, nullptr, nullptr);
}

int epoll_ctl(int poll, int operation, int handle,
              epoll_event* event) noexcept {
  counts.waits += is_counting;
  return static_cast<int>(
    ::syscall(SYS_epoll_ctl, poll, operation, handle, event));
}

} // extern "C"
