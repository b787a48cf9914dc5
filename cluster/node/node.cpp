#include "cluster/node/node.hpp"

#include "cluster/admin/node_admin.hpp"
#include "cluster/admin/node_drain.hpp"
#include "cluster/bridge/redis_keys.hpp"
#include "cluster/node/start_buses.hpp"
#include "cluster/shared/random_text.hpp"
#include "configs/check_settings.hpp"
#include "configs/log.hpp"
#include "configs/version.hpp"

#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <thread>

namespace rookery {

namespace {

using namespace std::chrono_literals;

/// The interval at which the main thread checks the progress of a drain.
constexpr auto drain_step = 50ms;

/// The part of the time left in which a drain tells all clients to leave; the
/// rest is for their answers.
constexpr double telling_part = 0.75;

/// The number of loops from which on Redis has a loop of its own by default:
/// with fewer, it is worth more that messages need no hop between threads.
constexpr unsigned own_loop_from = 3;

unsigned core_count() {
  return std::max(1U, std::thread::hardware_concurrency());
}

bool has_own_loop(const settings& config) {
  if (config.redis.url.empty() || config.redis.own_loop == "off")
    return false;
  const auto loops = config.node.loops ? config.node.loops : core_count();
  return config.redis.own_loop == "on" || loops >= own_loop_from;
}

/// Returns the number of loops that serve clients. By default one core has
/// none: on two cores two loops cost up to twice the processor time per
/// message, for hops between them and for wake-ups besides the kernel's own
/// work.
unsigned client_loops(const settings& config) {
  if (config.node.loops != 0)
    return config.node.loops;
  return std::max(1U, core_count() - 1);
}

unsigned all_loops(const settings& config) {
  return client_loops(config) + (has_own_loop(config) ? 1 : 0);
}

/// Returns the rates of a node's clients. All channels that a client may have
/// are new if it is the first one to come back.
client_rates::limits rates_of(const settings& config) {
  const auto& listen = config.listen;
  client_rates::limits result;
  result.commands = {listen.commands_per_connection};
  result.new_channels = {listen.new_channels_per_connection};
  result.all_new_channels = {listen.new_channels};
  if (const auto each = result.new_channels.per_second; each > 0)
    result.new_channels.window = std::max(
      result.new_channels.window,
      std::chrono::ceil<std::chrono::milliseconds>(
        result.new_channels.interval(config.centrifuge.channels_per_client)));
  return result;
}

/// Returns the credit of each loop's clients. Questions have more than the
/// hooks take, which refuse the rest themselves.
client_credits::limits credit_of(const settings& config) {
  client_credits::limits all;
  all.rates = rates_of(config);
  auto result = all.divided_by(client_loops(config));
  const auto taken =
    std::uint64_t{config.hooks.concurrency} + config.hooks.queue;
  result.questions.commands = hook_count * taken + 1;
  return result;
}

/// The check of the settings has parsed them before.
address_ranges proxies_of(const settings& config) {
  address_ranges result;
  for (const auto& each : config.listen.trusted_proxies)
    result.push_back(parse_range(each).value());
  return result;
}

address_limits address_limits_of(const settings& config) {
  const auto& listen = config.listen;
  return {listen.connections_per_address,
          {listen.handshakes_per_address},
          {listen.bad_tokens_per_address}};
}

control_options control_of(const settings& config, std::string name) {
  control_options result;
  result.self = {random_text(16), std::move(name), std::string{version()}};
  result.key =
    config.cluster.secret.empty() ? config.api.key : config.cluster.secret;
  result.scope = redis_keys{config.redis.prefix}.pubsub({});
  result.is_shared = !config.cluster.secret.empty();
  return result;
}

std::vector<std::string_view> names_of(protocol_table protocols) {
  std::vector<std::string_view> result;
  for (const auto& each : protocols)
    result.push_back(each.name);
  return result;
}

} // namespace

node::node(caf::actor_system& system, const settings& config, std::string name,
           const token_verifier& tokens, std::string_view demo_page,
           const web_console& admin_page, protocol_table protocols)
  : system_{system},
    config_{config},
    limits_{limits_of(config)},
    output_{config.node.output_memory, all_loops(config)},
    input_{config.node.input_memory, all_loops(config)},
    peers_{proxies_of(config), config.listen.proxy_protocol,
           address_limits_of(config)},
    users_{config.listen.connections_per_user},
    names_{config} {
  std::vector<node_loop*> node_loops;
  for (unsigned i = 0; i < all_loops(config); ++i) {
    node_loops_.push_back(std::make_unique<node_loop>(
      system, i, limits_, output_, credit_of(config)));
    node_loops.push_back(node_loops_.back().get());
    node_loops.back()->io.bound_input(input_);
  }
  auto& bridge_home =
    has_own_loop(config) ? *node_loops_.back() : *node_loops_.front();
  const auto control = control_of(config, std::move(name));
  buses_ = std::make_unique<bus_directory>(start_buses(
    system, config, node_loops_, bridge_home, control.self, health_));
  const auto* verifier = has_token_keys(config.token) ? &tokens : nullptr;
  for (auto& part : node_loops_) {
    part->connect(*buses_, names_, clock_);
    part->count_clients(peers_.book(), users_);
    part->speak(protocols, {config, names_, verifier, clock_});
  }
  start_control(control, bridge_home);
  service_ =
    std::make_unique<front_service>(config, protocols, std::move(node_loops),
                                    health_, gate_, peers_, demo_page);
  admin_service_ = std::make_unique<admin_service>(
    system, control_.handle(), admin_, admin_guard{config.admin}, health_,
    gate_, node_loops_.front()->actors, *node_loops_.front()->channels,
    names_of(protocols), admin_page);
}

admin_actor node::start_admin(const std::string& id, node_loop& home) {
  std::vector<actor_ref<loop_actor>> loops;
  std::vector<actor_ref<loop_commands_actor>> commands;
  for (auto& part : node_loops_) {
    loops.push_back(part->reporter);
    commands.push_back(part->commands);
  }
  drain_ = spawn_pinned<node_drain>(system_, home.actors, gate_, commands);
  const admin_subjects subjects{id,
                                std::move(loops),
                                std::move(commands),
                                drain_,
                                *buses_,
                                names_,
                                health_,
                                gate_,
                                !config_.redis.url.empty()};
  return system_.spawn<node_admin>(subjects);
}

void node::start_control(const control_options& options, node_loop& home) {
  std::vector<actor_ref<loop_commands_actor>> commands;
  for (auto& part : node_loops_)
    commands.push_back(part->commands);
  // In-process buses have no other nodes.
  const auto bus =
    config_.redis.url.empty() ? actor_ref<bus_actor>{} : buses_->all().front();
  admin_ = start_admin(options.self.id, home);
  const auto started = spawn_pinned<cluster_control>(
    system_, home.actors, options, bus, std::move(commands), admin_);
  control_ = started;
  caf::anon_send(started.handle(), beat_atom_v);
  if (!config_.api.key.empty())
    for (auto& part : node_loops_)
      part->serve_api(names_, control_);
}

node::~node() {
  if (running_)
    drain();
}

std::optional<std::string> node::start() {
  for (auto& part : node_loops_)
    part->io.start(part->actors);
  running_ = true;
  return listen();
}

std::optional<std::string> node::listen() {
  std::vector<io_loop*> loops;
  for (unsigned i = 0; i < client_loops(config_); ++i)
    loops.push_back(&node_loops_[i]->io);
  for (const auto& address : config_.listen.address) {
    auto next = std::make_unique<listener>(address, config_.listen.port, loops,
                                           *service_, limits_, &peers_);
    if (auto problem = next->open())
      return problem;
    log::info("listening", "address", address, "port", next->port());
    listeners_.push_back(std::move(next));
  }
  return listen_for_admin();
}

std::optional<std::string> node::listen_for_admin() {
  const auto& address = config_.admin.address;
  admin_listener_ =
    std::make_unique<listener>(address, config_.admin.port,
                               std::vector<io_loop*>{&node_loops_.front()->io},
                               *admin_service_, admin_limits_of(limits_));
  if (auto problem = admin_listener_->open())
    return problem;
  log::info("admin listening", "address", address, "port",
            admin_listener_->port());
  return std::nullopt;
}

void node::drain() {
  const auto deadline = clock::now() + config_.node.drain_timeout;
  log::info("draining", "sockets", sockets());
  for (auto& part : listeners_)
    part->close();
  if (admin_listener_)
    admin_listener_->close();
  caf::anon_send_exit(control_.handle(), caf::exit_reason::user_shutdown);
  finish_reading(deadline);
  if (!ask_buses(flush_atom_v, deadline)) {
    log::warn("drain could not confirm every publication");
    // Publishes are refused now: tell the clients whose input has waited.
    on_every_loop([](node_loop& part) { part.io.sessions().resume_reading(); });
    finish_reading(deadline);
  }
  send_clients_away(deadline);
  close_sessions(deadline);
  if (!config_.hooks.events.empty() && !ask_buses(retire_atom_v, deadline))
    log::warn("drain could not hand on every event");
  stop_actors();
  running_ = false;
  log::info("stopped");
}

/// Works off what clients have sent before, for a part of the time: a client
/// that never ceases is cut short.
void node::finish_reading(clock::time_point deadline) {
  const auto now = clock::now();
  const auto last = now + std::max<clock::duration>((deadline - now) / 4, 0s);
  for (std::atomic<bool> is_done{false}; !is_done && clock::now() < last;) {
    is_done = true;
    on_every_loop([&](node_loop& part) {
      if (!part.io.sessions().finish_reading())
        is_done = false;
    });
    if (!is_done)
      std::this_thread::sleep_for(drain_step);
  }
  on_every_loop([](node_loop& part) { part.io.sessions().pause_reading(); });
}

template <class Question>
bool node::ask_buses(Question what, clock::time_point deadline) {
  caf::scoped_actor self{system_};
  auto good = true;
  for (const auto& bus : buses_->all()) {
    const auto left = std::max<clock::duration>((deadline - clock::now()) / 2,
                                                clock::duration::zero());
    self->request(bus.handle(), left, what)
      .receive([](ok_atom) {}, [&](const caf::error&) { good = false; });
  }
  return good;
}

void node::send_clients_away(clock::time_point deadline) {
  using seconds = std::chrono::duration<double>;
  const auto time = seconds{deadline - clock::now()}.count() * telling_part;
  const auto needed = static_cast<double>(sockets()) / std::max(time, 0.1);
  const auto rate = std::max(config_.node.drain_rate,
                             static_cast<std::uint32_t>(std::ceil(needed)));
  caf::scoped_actor self{system_};
  auto command = drain_command{drain_command::verb::start, rate};
  for (auto is_done = false; !is_done && clock::now() < deadline;) {
    self->request(drain_.handle(), caf::infinite, command)
      .receive(
        [&](const drain_report& report) {
          is_done = report.state == drain_state::done;
        },
        [&](const caf::error&) { is_done = true; });
    command.what = drain_command::verb::look;
    if (!is_done)
      std::this_thread::sleep_for(drain_step);
  }
}

void node::close_sessions(clock::time_point deadline) {
  while (sockets() > 0 && clock::now() < deadline) {
    on_every_loop([](node_loop& part) {
      part.io.sessions().close_all(close_reason::going_away);
    });
    std::this_thread::sleep_for(drain_step);
  }
  on_every_loop([](node_loop& part) {
    part.io.sessions().abort_all();
    if (part.hooks)
      part.hooks->stop();
  });
}

void node::stop_actors() {
  for (auto& part : node_loops_)
    part->quit();
  for (const auto& bus : buses_->all())
    caf::anon_send_exit(bus.handle(), caf::exit_reason::user_shutdown);
  caf::anon_send_exit(admin_, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(drain_.handle(), caf::exit_reason::user_shutdown);
  system_.await_all_actors_done();
  for (auto& part : node_loops_)
    part->io.stop();
  for (auto& part : node_loops_)
    part->io.join();
  for (auto& part : node_loops_)
    part->actors.stop();
}

std::size_t node::sockets() const {
  std::size_t sum = 0;
  for (const auto& part : node_loops_)
    sum += part->io.sessions().size();
  return sum;
}

void node::on_every_loop(const std::function<void(node_loop&)>& task) {
  std::vector<std::future<void>> done;
  for (auto& part : node_loops_) {
    auto promise = std::make_shared<std::promise<void>>();
    done.push_back(promise->get_future());
    part->io.post([promise, task, part = part.get()] {
      task(*part);
      promise->set_value();
    });
  }
  for (auto& each : done)
    each.wait();
}

} // namespace rookery
