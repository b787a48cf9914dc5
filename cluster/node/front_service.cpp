#include "cluster/node/front_service.hpp"

#include "actors/centrifuge/centrifuge_connection.hpp"
#include "actors/plain/plain_connection.hpp"
#include "cluster/api/api_key.hpp"
#include "cluster/shared/connection.hpp"
#include "configs/check_settings.hpp"
#include "net/accepted_client.hpp"
#include "net/sse_session.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_session.hpp"

#include <optional>
#include <variant>

namespace rookery {

namespace {

constexpr std::string_view websocket_path = "/ws/";
constexpr std::string_view events_path = "/sse/";
constexpr std::string_view publish_path = "/pub/";
constexpr std::string_view api_path = "/api/";
constexpr std::string_view centrifuge_path = "/connection/websocket";

http_response method_not_allowed(std::string_view allowed) {
  auto result = refusal(405, "method not allowed");
  result.fields.push_back({"Allow", std::string{allowed}});
  return result;
}

constexpr std::string_view centrifuge_json = "centrifuge-json";

/// Whether a client of the Centrifuge protocol wants its other encoding.
bool wants_protobuf(const http_request& request) {
  const auto says = [&](std::string_view name) {
    return request.query(name) == "protobuf";
  };
  return request.has_token("Sec-WebSocket-Protocol", "centrifuge-protobuf")
         || says("format") || says("cf_protocol");
}

/// Whether who asks for that wants to stay.
bool is_for_clients(std::string_view path) {
  return path.starts_with(websocket_path) || path == centrifuge_path
         || path.starts_with(events_path);
}

http_response draining() {
  auto result = refusal(503, "this node is being drained: come back elsewhere");
  result.fields.push_back({"Retry-After", "1"});
  return result;
}

} // namespace

front_service::front_service(const settings& config, plain_access plain,
                             std::vector<node_loop*> node_loops,
                             const bus_health& health, const drain_gate& gate,
                             std::string_view demo_page)
  : config_{config},
    plain_{plain},
    is_exposed_{is_exposed(config)},
    node_loops_{std::move(node_loops)},
    health_{health},
    gate_{gate},
    demo_page_{demo_page},
    origins_{config.listen.allowed_origins} {}

void front_service::handle(std::shared_ptr<http_exchange> exchange) {
  const auto& request = exchange->request();
  const auto path = request.path();
  if (!origins_.admits(request))
    return answer(exchange, refusal(403, "this origin is not allowed"));
  if (request.method == "OPTIONS")
    return exchange->respond(origins_.preflight(request));
  if (gate_.is_closed() && is_for_clients(path))
    return answer(exchange, draining());
  if (path.starts_with(websocket_path))
    return serve_websocket(exchange, path.substr(websocket_path.size()));
  if (path == centrifuge_path && config_.centrifuge.enabled)
    return serve_centrifuge(exchange);
  if (path.starts_with(events_path))
    return serve_events(exchange, path.substr(events_path.size()));
  if (path.starts_with(publish_path))
    return publish(exchange, path.substr(publish_path.size()));
  if (path.starts_with(api_path))
    return serve_api(exchange, path.substr(api_path.size()));
  if (path == api_path.substr(0, api_path.size() - 1))
    return serve_api(exchange, {});
  if (path == "/health")
    return serve_page(exchange, health_page(true, "healthy"));
  if (path == "/ready")
    return serve_page(
      exchange, health_page(health_.is_ready() && !gate_.is_closed(), "ready"));
  if (path == "/" && config_.plain.demo)
    return serve_page(
      exchange,
      {200, "text/html; charset=utf-8", std::string{demo_page_}, {}, false});
  answer(exchange, refusal(404, "not found"));
}

void front_service::serve_websocket(const exchange_ptr& exchange,
                                    std::string_view name) {
  const auto& request = exchange->request();
  if (auto refused = check_upgrade(request))
    return answer(exchange, std::move(*refused));
  auto asked = plain_.read(request, name, plain_form::websocket);
  if (auto* refused = std::get_if<http_response>(&asked))
    return refuse_client(exchange, name, std::move(*refused));
  if (!config_.plain.publish && !config_.plain.subscribe)
    return answer(exchange, refusal(403, "the plain protocol is off"));
  auto& wanted = std::get<plain_request>(asked);
  if (config_.plain.subscribe ? !wanted.may_subscribe : !wanted.may_publish)
    return refuse_client(exchange, name,
                         refusal(403, "not allowed on this channel"));
  auto& part = node_loop_of(exchange);
  start_connection<plain_connection, websocket_session>(
    part.actors, *part.services, std::move(wanted), exchange->take());
}

void front_service::serve_centrifuge(const exchange_ptr& exchange) {
  const auto& request = exchange->request();
  if (auto refused = check_upgrade(request))
    return answer(exchange, std::move(*refused));
  if (wants_protobuf(request))
    return answer(exchange,
                  refusal(400, "Protobuf is not spoken here, only JSON"));
  centrifuge_request asked{request.query("cf_ws_frame_ping_pong") == "true"};
  for (const auto& name : config_.hooks.headers)
    for (const auto& each : request.fields)
      if (equals_ignoring_case(each.name, name))
        asked.fields.push_back({name, each.value});
  const auto is_named =
    request.has_token("Sec-WebSocket-Protocol", centrifuge_json);
  auto& part = node_loop_of(exchange);
  auto client = exchange->take();
  if (is_named)
    client->subprotocol = centrifuge_json;
  start_connection<centrifuge_connection, websocket_session>(
    part.actors, *part.centrifuge, std::move(asked), std::move(client));
}

void front_service::serve_events(const exchange_ptr& exchange,
                                 std::string_view name) {
  const auto& request = exchange->request();
  if (request.method != "GET")
    return answer(exchange, method_not_allowed("GET"));
  auto asked = plain_.read(request, name, plain_form::sse);
  if (auto* refused = std::get_if<http_response>(&asked))
    return refuse_client(exchange, name, std::move(*refused));
  if (!config_.plain.subscribe)
    return answer(exchange, refusal(403, "subscribing is off"));
  auto& wanted = std::get<plain_request>(asked);
  if (!wanted.may_subscribe)
    return refuse_client(exchange, name,
                         refusal(403, "not allowed on this channel"));
  auto fields = origins_.fields_for(request);
  auto& part = node_loop_of(exchange);
  start_connection<plain_connection, sse_session>(
    part.actors, *part.services, std::move(wanted), exchange->take(),
    std::move(fields));
}

void front_service::publish(const exchange_ptr& exchange,
                            std::string_view name) {
  const auto& request = exchange->request();
  if (request.method != "POST")
    return answer(exchange, method_not_allowed("POST"));
  if (auto refused = refuse_key(request))
    return answer(exchange, std::move(*refused));
  auto channel = channel_in(name);
  if (auto* refused = std::get_if<http_response>(&channel))
    return answer(exchange, std::move(*refused));
  if (!config_.plain.publish)
    return answer(exchange, refusal(403, "publishing is off"));
  node_loop_of(exchange).publisher->publish(
    exchange, std::get<std::string>(channel), origins_.fields_for(request));
}

void front_service::serve_api(const exchange_ptr& exchange,
                              std::string_view method) {
  const auto& request = exchange->request();
  const auto& key = config_.api.key;
  if (key.empty())
    return answer(exchange, refusal(403, "/api needs api.key to be set"));
  if (!carries_api_key(request, key))
    return answer(exchange, refusal(401, "a valid API key is required"));
  if (request.method != "POST")
    return answer(exchange, method_not_allowed("POST"));
  if (!method.empty() && method != "batch" && !is_api_method(method))
    return answer(exchange, refusal(404, "no such method"));
  auto& api = *node_loop_of(exchange).api;
  auto fields = origins_.fields_for(request);
  if (method.empty())
    return api.serve_lines(exchange, std::move(fields));
  api.serve(exchange, method, std::move(fields));
}

void front_service::serve_page(const exchange_ptr& exchange,
                               http_response page) const {
  const auto& method = exchange->request().method;
  if (method != "GET" && method != "HEAD")
    return answer(exchange, method_not_allowed("GET, HEAD"));
  answer(exchange, std::move(page));
}

std::optional<http_response>
front_service::refuse_key(const http_request& request) const {
  const auto& key = config_.api.key;
  if (key.empty() && is_exposed_)
    return refusal(403, "beyond loopback POST /pub needs api.key to be set");
  if (key.empty() || carries_api_key(request, key))
    return std::nullopt;
  return refusal(401, "a valid API key is required");
}

http_response front_service::health_page(bool good,
                                         std::string_view name) const {
  http_response page;
  page.status = good ? 200 : 503;
  page.body = (good ? "" : "not ") + std::string{name} + "\n";
  page.fields.push_back({"Cache-Control", "no-store"});
  return page;
}

void front_service::answer(const exchange_ptr& exchange,
                           http_response response) const {
  for (auto& field : origins_.fields_for(exchange->request()))
    response.fields.push_back(std::move(field));
  exchange->respond(std::move(response));
}

/// Puts on record that a client may not, and tells it. What is wrong with its
/// request otherwise is no news.
void front_service::refuse_client(const exchange_ptr& exchange,
                                  std::string_view name,
                                  http_response why) const {
  const auto channel = channel_in(name);
  const auto* known = std::get_if<std::string>(&channel);
  if (known && (why.status == 401 || why.status == 403)) {
    std::string_view reason = why.body;
    reason = reason.substr(0, reason.find('\n'));
    node_loop_of(exchange).actors.record().note(
      {journal_kind::refused,
       0,
       {},
       *known,
       exchange->request().remote_address,
       why.status,
       reason});
  }
  answer(exchange, std::move(why));
}

node_loop& front_service::node_loop_of(const exchange_ptr& exchange) const {
  return *node_loops_[exchange->loop().index()];
}

} // namespace rookery
