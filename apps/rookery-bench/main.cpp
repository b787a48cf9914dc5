#include "apps/rookery-bench/run.hpp"

#include <exception>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

// Raise the limit of descriptors: each connection takes one, and the usual soft
// limit is about 1,000.
void allow_many_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

int play(const rookery::bench::options& asked) {
  const bool shows = asked.progress || isatty(STDERR_FILENO) != 0;
  rookery::bench::run run{asked, [shows](const std::string& line) {
                            if (shows)
                              fmt::print(stderr, "{}\n", line);
                          }};
  const auto found = run.play();
  const auto report = to_json(asked, found);
  fmt::print("{}", asked.json ? report.dump(2) + '\n'
                              : rookery::bench::to_text(report));
  if (found.connections.failed == 0 && found.connections.closed == 0
      && found.totals.foreign == 0)
    return 0;
  fmt::print(stderr,
             "{} connections failed, {} were closed, {} messages went to the "
             "wrong place: {}\n",
             found.connections.failed, found.connections.closed,
             found.totals.foreign, run.problem());
  return 1;
}

} // namespace

int main(int argc, char** argv) {
  const auto asked = rookery::bench::options::parse(argc, argv);
  if (const auto* status = std::get_if<int>(&asked))
    return *status;
  allow_many_descriptors();
  // Paced publications are about 100 us apart; the default timer slack is 50.
  prctl(PR_SET_TIMERSLACK, 1000UL);
  try {
    return play(std::get<rookery::bench::options>(asked));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
