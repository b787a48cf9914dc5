#include "apps/rookery/console_files.hpp"
#include "apps/rookery/demo_page.hpp"
#include "cluster/node/node.hpp"
#include "cluster/tokens/make_token_verifier.hpp"
#include "configs/check_hooks.hpp"
#include "configs/load.hpp"
#include "configs/log.hpp"
#include "configs/version.hpp"
#include "net/descriptor_bounds.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <variant>

namespace {

using namespace rookery;

/// Returns the signals that a node answers: those that drain it, and those that
/// would kill it undrained by default. All threads block them; main waits for
/// them.
sigset_t handled_signals() {
  sigset_t result;
  sigemptyset(&result);
  for (const int each : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2})
    sigaddset(&result, each);
  return result;
}

/// Returns once a signal asks the node to end.
void wait_for_end(const sigset_t& signals) {
  for (;;) {
    int signal = 0;
    sigwait(&signals, &signal);
    if (signal == SIGINT || signal == SIGTERM || signal == SIGQUIT)
      return;
    log::info("signal ignored", "signal", strsignal(signal), "reason",
              "settings are read at start only");
  }
}

std::string name_of(const settings& config) {
  if (!config.node.name.empty())
    return config.node.name;
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  return std::string{host.data()} + ":" + std::to_string(config.listen.port);
}

/// Raises the limit of open descriptors to the system's maximum: every client
/// needs one.
void raise_descriptor_limit(const settings& config) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  const auto places = own_descriptor_bounds().clients;
  if (places < config.listen.max_connections)
    log::warn("descriptors for fewer clients than listen.max-connections",
              "descriptors", static_cast<std::uint64_t>(limit.rlim_cur),
              "clients", places, "listen.max-connections",
              config.listen.max_connections);
}

/// Says which pages may use the credentials of browsers, if hooks get any.
void tell_origins(const settings& config) {
  const auto& origins = config.listen.allowed_origins;
  if (!forwards_credentials(config.hooks))
    return;
  if (origins.empty())
    log::info("only pages of the node's own origin may connect", "reason",
              "hooks.headers has credentials of browsers");
  else if (std::ranges::find(origins, "*") != origins.end())
    log::warn("pages of every origin act in the name of their visitors",
              "reason", "hooks.headers has credentials of browsers");
}

/// Judges the keys of tokens, whose files the settings name.
config_faults check_keys(const settings& config) {
  auto tokens = make_token_verifier(config.token, config.node.insecure);
  return {std::move(tokens.errors), std::move(tokens.warnings)};
}

int run(const settings& config) {
  const auto signals = handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // The reader of the log may end before the node.
  std::signal(SIGPIPE, SIG_IGN);
  log::start(config.log.level, config.log.format);
  log::info("starting", "name", config.node.name, "version", version(), "bus",
            config.redis.url.empty() ? "in-process" : "redis");
  const auto tokens = make_token_verifier(config.token, config.node.insecure);
  for (const auto& warning : tokens.warnings)
    log::warn("weak token key", "reason", warning);
  for (const auto& error : tokens.errors)
    log::error("bad token key", "reason", error);
  if (!tokens.verifier)
    return 2;
  tell_origins(config);
  raise_descriptor_limit(config);
  caf::actor_system_config actors;
  actors.set("scheduler.max-threads", std::size_t{1}); // cold paths only
  // CAF's work-stealing worker polls every 10 ms; this one sleeps until needed.
  actors.set("scheduler.policy", caf::atom("sharing"));
  caf::actor_system system{actors};
  node self{
    system,          config,
    name_of(config), *tokens.verifier,
    demo_page,       web_console{console_page, console_script, console_style}};
  if (const auto problem = self.start()) {
    log::error("start failed", "reason", *problem);
    return 1;
  }
  wait_for_end(signals);
  self.drain();
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  auto loaded = load(argc, argv, &check_keys);
  if (const auto* request = std::get_if<exit_request>(&loaded)) {
    std::cout << request->out;
    std::cerr << request->err;
    return request->status;
  }
  auto config = std::get<settings>(std::move(loaded));
  config.node.name = name_of(config);
  return run(config);
}
