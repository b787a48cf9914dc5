#include "cluster/admin/process_facts.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace rookery {

namespace {

std::uint64_t resident_bytes() {
  std::ifstream in{"/proc/self/statm"};
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  in >> all >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// Returns the start time of the machine, in seconds of Unix time.
double boot_time() {
  std::ifstream in{"/proc/stat"};
  for (std::string line; std::getline(in, line);) {
    std::istringstream words{line};
    std::string name;
    double value = 0;
    if (words >> name >> value && name == "btime")
      return value;
  }
  return 0;
}

/// Returns the start time of the process, in seconds after the start of the
/// machine (proc(5), field 22).
double seconds_from_boot() {
  constexpr int skipped = 19; // fields between the name and field 22
  std::ifstream in{"/proc/self/stat"};
  std::string text;
  std::getline(in, text);
  // The process name may contain spaces and parentheses.
  std::istringstream rest{text.substr(text.rfind(')') + 1)};
  std::string word;
  for (int i = 0; i < skipped; ++i)
    rest >> word;
  double ticks = 0;
  rest >> ticks;
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

} // namespace

process_facts read_process_facts() {
  return {resident_bytes(), boot_time() + seconds_from_boot()};
}

} // namespace rookery
