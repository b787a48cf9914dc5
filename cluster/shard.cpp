#include "cluster/shard.hpp"

#include "actors/centrifuge_json_codec.hpp"
#include "actors/loop_reporter.hpp"

#include <caf/send.hpp>

namespace rookery {

void shard::connect(const bus_directory& buses, const namespaces& names,
                    plain_rules rules) {
  channels = std::make_unique<channel_table>(actors, buses, names);
  bus = std::make_unique<bus_access>(buses, names);
  services = std::make_unique<loop_services>(
    loop_services{actors, *channels, *bus, rules});
  auto& system = actors.system();
  publisher_ref = spawn_pinned<http_publisher>(system, actors, *bus);
  publisher = static_cast<http_publisher*>(
    caf::actor_cast<caf::abstract_actor*>(publisher_ref.handle()));
  reporter = spawn_pinned<loop_reporter>(system, actors, [this](snapshot& out) {
    out.add("sockets", static_cast<std::int64_t>(io.sessions().size()));
    out.add("channels", static_cast<std::int64_t>(channels->size()));
  });
}

void shard::speak_centrifuge(const namespaces& names,
                             const token_verifier* tokens,
                             const wall_clock& clock, centrifuge_rules rules) {
  centrifuge = std::make_unique<centrifuge_services>(
    *services, names, tokens, clock, std::move(rules),
    make_centrifuge_json_codec());
}

void shard::ask_backends(const settings::hook_settings& given) {
  hooks = std::make_unique<loop_hooks>(io, given);
  centrifuge->hooks = &hooks->hooks();
}

void shard::quit() {
  caf::anon_send_exit(publisher_ref.handle(), caf::exit_reason::user_shutdown);
  caf::anon_send_exit(reporter.handle(), caf::exit_reason::user_shutdown);
}

} // namespace rookery
