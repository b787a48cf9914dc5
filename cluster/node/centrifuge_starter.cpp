#include "cluster/node/centrifuge_starter.hpp"

#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/centrifuge/centrifuge_json_codec.hpp"
#include "cluster/node/node_loop.hpp"
#include "cluster/shared/connection.hpp"
#include "configs/check_hooks.hpp"
#include "configs/settings.hpp"
#include "configs/version.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_session.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

namespace {

/// The field that tells backends the client's address.
constexpr std::string_view address_field = "X-Forwarded-For";

constexpr std::string_view json_subprotocol = "centrifuge-json";

/// Returns true if a client wants the Protobuf encoding, not JSON.
bool wants_protobuf(const http_request& request) {
  const auto says = [&](std::string_view name) {
    return request.query(name) == "protobuf";
  };
  return request.has_token("Sec-WebSocket-Protocol", "centrifuge-protobuf")
         || says("format") || says("cf_protocol");
}

centrifuge_rules rules_of(const settings& config) {
  using std::chrono::ceil;
  using std::chrono::seconds;
  const auto& given = config.centrifuge;
  return {
    .insecure = given.insecure,
    .anonymous = given.anonymous,
    .channels_per_client = given.channels_per_client,
    .max_message = given.max_message,
    .ping_interval = config.listen.ping_interval,
    .version = std::string{version()},
    .reports_clients = !config.hooks.events.empty(),
    .stale_close_delay = ceil<seconds>(given.stale_close_delay),
    .expired_close_delay = ceil<seconds>(given.expired_close_delay),
    .expired_sub_close_delay = ceil<seconds>(given.expired_sub_close_delay),
    .max_history_bytes = config.listen.output_queue / 2,
  };
}

/// Returns the commands that a frame may have: a client that comes back puts
/// all its subscribes into one.
std::size_t max_commands_of(const settings& config) {
  constexpr std::size_t other_commands = 64;
  return std::max<std::size_t>(max_commands_per_frame,
                               config.centrifuge.channels_per_client
                                 + other_commands);
}

class centrifuge_starter final : public protocol_starter {
public:
  centrifuge_starter(node_loop& home, const protocol_context& node)
    : home_{home},
      forwarded_fields_{node.config.hooks.headers},
      are_asked_{asks_backends(node.config.hooks)},
      services_{*home.services,
                node.names,
                node.tokens,
                node.clock,
                rules_of(node.config),
                make_centrifuge_json_codec(max_commands_of(node.config))} {
    services_.hooks = &home.hooks->hooks();
  }

  void start(new_client& who) override {
    const auto& request = who.request();
    if (auto refused = check_upgrade(request))
      return who.answer(std::move(*refused));
    if (wants_protobuf(request))
      return who.answer(refusal(400, "Protobuf is not spoken here, only JSON"));
    auto asked = read(request);
    const auto is_named =
      request.has_token("Sec-WebSocket-Protocol", json_subprotocol);
    auto client = who.take();
    if (is_named)
      client->subprotocol = json_subprotocol;
    start_connection<centrifuge_connection, websocket_session>(
      home_.actors, services_, std::move(asked), std::move(client));
  }

private:
  centrifuge_request read(const http_request& request) const {
    centrifuge_request result{request.query("cf_ws_frame_ping_pong") == "true"};
    if (!are_asked_)
      return result;
    for (const auto& name : forwarded_fields_)
      if (!equals_ignoring_case(name, address_field))
        for (const auto& each : request.fields)
          if (equals_ignoring_case(each.name, name))
            result.fields.push_back({name, each.value});
    // The address as the node knows it: the client may have sent this field.
    result.fields.push_back(
      {std::string{address_field}, request.remote_address});
    return result;
  }

  node_loop& home_;
  const std::vector<std::string>&
    forwarded_fields_;   // that are sent to backends
  const bool are_asked_; // some backends
  centrifuge_services services_;
};

} // namespace

std::unique_ptr<protocol_starter>
make_centrifuge_starter(node_loop& home, const protocol_context& node) {
  if (!node.config.centrifuge.enabled)
    return nullptr;
  return std::make_unique<centrifuge_starter>(home, node);
}

} // namespace rookery
