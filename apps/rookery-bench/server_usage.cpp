#include "apps/rookery-bench/server_usage.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace rookery::bench {

namespace {

namespace fs = std::filesystem;

std::uint64_t number(const fs::path& file, int skip) {
  std::ifstream in{file};
  std::uint64_t value = 0;
  for (int i = 0; i <= skip; ++i)
    in >> value;
  if (!in)
    throw std::runtime_error("cannot read " + file.string());
  return value;
}

} // namespace

server_usage server_usage::of(const std::vector<pid_t>& pids) {
  server_usage result;
  for (const auto pid : pids) {
    const fs::path process = "/proc/" + std::to_string(pid);
    if (!fs::exists(process))
      throw std::runtime_error("no process " + std::to_string(pid));
    // Prefer schedstat: it counts nanoseconds, stat counts ticks of 10 ms.
    for (const auto& task : fs::directory_iterator{process / "task"})
      result.cpu += number(task.path() / "schedstat", 0);
    result.resident += number(process / "statm", 1)
                       * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    for ([[maybe_unused]] const auto& fd :
         fs::directory_iterator{process / "fd"})
      ++result.descriptors;
  }
  return result;
}

std::uint64_t own_cpu() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  const auto nanoseconds = [](const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000
           + static_cast<std::uint64_t>(time.tv_usec) * 1000;
  };
  return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
}

} // namespace rookery::bench
