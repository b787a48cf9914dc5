// The yardstick of the benchmark: the best that this machine can do.
//
// One thread waits in epoll, reads frames of WebSocket clients, encodes each
// message once, and sends every member of the channel all messages of the turn
// with one sendmsg. These are the deliveries a node makes, so the CPU time per
// delivery of this program is the limit that a node is measured against. With
// --redis messages travel through Redis, on two bare hiredis connections.
//
// It leaves out everything else a server needs: checks of the request and of
// names, percent-decoding, fragments and messages of 64 KiB and more, pings,
// close codes, deadlines, bounds on the output of slow clients, other
// protocols, inspection, logs, more than one thread, and reconnecting to Redis.
// Messages from Redis are sent as text. It is not a server to use; it listens
// on 127.0.0.1 only.

#include "bench/limit/server.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <string>
#include <sys/resource.h>

namespace {

using namespace rookery::limit;

redis_address address_of(const std::string& text) {
  const auto colon = std::min(text.rfind(':'), text.size());
  const auto* const end = text.data() + text.size();
  redis_address result{text.substr(0, colon), 0};
  const auto digits = text.data() + std::min(colon + 1, text.size());
  const auto parsed = std::from_chars(digits, end, result.port);
  if (result.host.empty() || result.port == 0 || parsed.ptr != end)
    throw CLI::ValidationError{"--redis", "wants HOST:PORT, not " + text};
  return result;
}

void raise_descriptor_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app{"The yardstick: bare epoll and sendmsg, nothing else."};
  std::uint16_t port = 0;
  std::optional<redis_address> redis;
  app.add_option("--port", port, "Port on 127.0.0.1, 0 takes a free one");
  app.add_option_function<std::string>(
    "--redis", [&](const std::string& text) { redis = address_of(text); },
    "HOST:PORT of a redis-server that messages go through");
  CLI11_PARSE(app, argc, argv);
  try {
    raise_descriptor_limit();
    server self{port, redis};
    std::printf("listening port=%u\n", static_cast<unsigned>(self.port()));
    std::fflush(stdout);
    self.run();
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "rookery-limit: %s\n", problem.what());
    return 1;
  }
}
