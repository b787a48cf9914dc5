#include "apps/rookery/demo_page.hpp"
#include "cluster/node.hpp"
#include "configs/load.hpp"
#include "configs/log.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <variant>

namespace {

using namespace rookery;

/// The signals that end a node; blocked in every thread, taken by main.
sigset_t end_signals() {
  sigset_t result;
  sigemptyset(&result);
  sigaddset(&result, SIGINT);
  sigaddset(&result, SIGTERM);
  return result;
}

int run(const settings& config) {
  log::start(config.log.level, config.log.format);
  const auto signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  caf::actor_system_config actors;
  actors.set("scheduler.max-threads", std::size_t{1}); // cold paths only
  caf::actor_system system{actors};
  node self{system, config, demo_page};
  if (const auto problem = self.start()) {
    log::error("start failed", "reason", *problem);
    return 1;
  }
  int signal = 0;
  sigwait(&signals, &signal);
  self.drain();
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  auto loaded = load(argc, argv);
  if (const auto* request = std::get_if<exit_request>(&loaded)) {
    std::cout << request->out;
    std::cerr << request->err;
    return request->status;
  }
  return run(std::get<settings>(loaded));
}
