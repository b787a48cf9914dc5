#pragma once

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rookery::test {

/// Returns true if `task` fails an assertion, or if this build has none. The
/// task runs in a child of this process, which ends with it.
template <class Task>
bool fails_assertion([[maybe_unused]] Task task) {
#ifdef NDEBUG
  return true;
#else
  const auto child = ::fork();
  if (child == 0) {
    const rlimit no_core{};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::close(STDERR_FILENO);
    std::signal(SIGABRT, SIG_DFL);
    task();
    ::_exit(0);
  }
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child
         && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
#endif
}

} // namespace rookery::test
