#include "cluster/node/node_loop.hpp"

#include "actors/client/loop_commands.hpp"
#include "actors/client/loop_reporter.hpp"

#include <caf/send.hpp>

namespace rookery {

void node_loop::connect(const bus_directory& buses, const namespaces& names,
                        const wall_clock& clock) {
  channels = std::make_unique<channel_table>(actors, buses, names);
  bus = std::make_unique<bus_access>(buses, names);
  services = std::make_unique<loop_services>(
    loop_services{actors, *channels, *bus, credits, {}, &clock});
  auto& system = actors.system();
  publisher_ref = spawn_pinned<http_publisher>(system, actors, *bus);
  publisher = static_cast<http_publisher*>(
    caf::actor_cast<caf::abstract_actor*>(publisher_ref.handle()));
  commands =
    spawn_pinned<loop_commands>(system, actors, services->clients, *channels);
  reporter = spawn_pinned<loop_reporter>(
    system, actors,
    [this](snapshot& out) {
      const auto number = [](auto value) {
        return static_cast<std::int64_t>(value);
      };
      const auto& counted = channels->counted();
      out.add("sockets", number(io.sessions().size()));
      out.add("channels", number(channels->size()));
      out.add("gaps_found", number(counted.gaps_found));
      out.add("gaps_filled", number(counted.gaps_filled));
      out.add("gaps_unfillable", number(counted.gaps_unfillable));
      out.add("repaired", number(counted.publications_repaired));
      out.add("history_reads", number(counted.reads));
    },
    channels.get(), &io.meters(), &services->clients, &credits);
}

void node_loop::speak(protocol_table protocols, const protocol_context& node) {
  hooks = std::make_unique<loop_hooks>(io, node.config.hooks);
  for (const auto& each : protocols) {
    actors.record().meters.connections[each.name]; // listed before any client
    starters.push_back(each.make(*this, node));
  }
}

void node_loop::serve_api(const namespaces& names,
                          actor_ref<control_actor> control) {
  api_ref = spawn_pinned<server_api>(actors.system(), actors, *bus, names,
                                     std::move(control));
  api = static_cast<server_api*>(
    caf::actor_cast<caf::abstract_actor*>(api_ref.handle()));
}

void node_loop::count_clients(address_book& addresses, user_book& users) {
  io.count_in(addresses);
  services->clients.count_in(users);
  services->counter = this;
}

bool node_loop::note_bad_token(std::string_view address) {
  const auto from = parse_ip(address);
  const auto now = std::chrono::steady_clock::now();
  if (!from || io.book()->note_bad_token(*from, now))
    return true;
  io.count_refusal(address_refusal::bad_tokens);
  return false;
}

void node_loop::note_full_user() {
  ++io.meters().refusals.user_connections;
}

void node_loop::await_tick() {
  io.wheel().schedule(alarm_, io.wheel().now() + 1);
}

void node_loop::quit() {
  caf::anon_send_exit(commands.handle(), caf::exit_reason::user_shutdown);
  if (api)
    caf::anon_send_exit(api_ref.handle(), caf::exit_reason::user_shutdown);
  caf::anon_send_exit(publisher_ref.handle(), caf::exit_reason::user_shutdown);
  caf::anon_send_exit(reporter.handle(), caf::exit_reason::user_shutdown);
}

} // namespace rookery
