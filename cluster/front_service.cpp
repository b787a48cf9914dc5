#include "cluster/front_service.hpp"

#include "actors/centrifuge_connection.hpp"
#include "actors/channel_name.hpp"
#include "actors/notice.hpp"
#include "actors/plain_connection.hpp"
#include "actors/position_text.hpp"
#include "cluster/connection.hpp"
#include "configs/check_settings.hpp"
#include "configs/percent.hpp"
#include "net/accepted_client.hpp"
#include "net/sse_session.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_session.hpp"

#include <openssl/crypto.h>
#include <optional>
#include <variant>

namespace rookery {

namespace {

constexpr std::string_view websocket_path = "/ws/";
constexpr std::string_view events_path = "/sse/";
constexpr std::string_view publish_path = "/pub/";
constexpr std::string_view centrifuge_path = "/connection/websocket";

http_response method_not_allowed(std::string_view allowed) {
  auto result = refusal(405, "method not allowed");
  result.fields.push_back({"Allow", std::string{allowed}});
  return result;
}

/// The decoded channel name, or why it is none.
std::variant<std::string, http_response> channel_in(std::string_view encoded) {
  if (encoded.find('/') != std::string_view::npos)
    return refusal(404, "not found; a / in a channel name is written %2F");
  auto name = percent_decode(encoded);
  if (!name)
    return refusal(400, "bad percent-encoding in the channel name");
  if (const auto error = check_channel_name(*name))
    return refusal(400, describe(*error));
  if (is_reserved(*name))
    return refusal(403, "channel names beginning with __ are reserved");
  return std::move(*name);
}

/// The tag in `?notices=`: empty without one, nothing when it is malformed.
std::optional<std::string> notice_tag_of(const http_request& request) {
  if (request.target.find('?') == std::string::npos)
    return std::string{};
  auto tag = request.query("notices");
  if (!tag)
    return std::string{};
  if (!is_notice_tag(*tag))
    return std::nullopt;
  return tag;
}

/// Where the client wants to go on, as text; empty: nowhere in particular. A
/// browser names what it saw last, and knows better than the page's address.
std::string since_of(const http_request& request, wire form) {
  if (const auto last = request.field("Last-Event-ID");
      form == wire::sse && !last.empty())
    return std::string{last};
  return request.query("since").value_or(std::string{});
}

/// What a client of the plain protocol asks for, or why it is refused.
std::variant<plain_request, http_response>
read_plain(const http_request& request, std::string_view name, wire form) {
  auto channel = channel_in(name);
  if (auto* refused = std::get_if<http_response>(&channel))
    return std::move(*refused);
  auto tag = notice_tag_of(request);
  if (!tag)
    return refusal(400, "notices= takes 1 to 32 letters or digits");
  plain_request result{std::get<std::string>(std::move(channel)), form,
                       std::move(*tag)};
  if (const auto text = since_of(request, form); !text.empty()) {
    auto since = parse_position(text);
    if (!since)
      return refusal(400, "since= takes OFFSET:EPOCH");
    // Without notices it could not be told that something is missing.
    if (form == wire::websocket && result.notice_tag.empty())
      return refusal(400, "since= needs notices=");
    result.since = std::make_unique<const stream_position>(std::move(*since));
  }
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

bool is_same_secret(std::string_view given, std::string_view key) {
  return given.size() == key.size()
         && CRYPTO_memcmp(given.data(), key.data(), key.size()) == 0;
}

} // namespace

front_service::front_service(const settings& config, std::vector<shard*> shards,
                             const bus_health& health,
                             std::string_view demo_page)
  : config_{config},
    is_exposed_{is_exposed(config)},
    shards_{std::move(shards)},
    health_{health},
    demo_page_{demo_page},
    origins_{config.listen.allowed_origins} {}

void front_service::handle(std::shared_ptr<http_exchange> exchange) {
  const auto& request = exchange->request();
  const auto path = request.path();
  if (!origins_.admits(request))
    return answer(exchange, refusal(403, "this origin is not allowed"));
  if (request.method == "OPTIONS")
    return exchange->respond(origins_.preflight(request));
  if (path.starts_with(websocket_path))
    return serve_websocket(exchange, path.substr(websocket_path.size()));
  if (path == centrifuge_path && config_.centrifuge.enabled)
    return serve_centrifuge(exchange);
  if (path.starts_with(events_path))
    return serve_events(exchange, path.substr(events_path.size()));
  if (path.starts_with(publish_path))
    return publish(exchange, path.substr(publish_path.size()));
  if (path == "/health")
    return serve_page(exchange, health_page(true, "healthy"));
  if (path == "/ready")
    return serve_page(exchange, health_page(health_.is_ready(), "ready"));
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
  auto asked = read_plain(request, name, wire::websocket);
  if (auto* refused = std::get_if<http_response>(&asked))
    return answer(exchange, std::move(*refused));
  if (!config_.plain.publish && !config_.plain.subscribe)
    return answer(exchange, refusal(403, "the plain protocol is off"));
  auto& part = shard_of(exchange);
  start_connection<plain_connection, websocket_session>(
    part.actors, *part.services, std::get<plain_request>(std::move(asked)),
    exchange->take());
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
  auto& part = shard_of(exchange);
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
  auto asked = read_plain(request, name, wire::sse);
  if (auto* refused = std::get_if<http_response>(&asked))
    return answer(exchange, std::move(*refused));
  if (!config_.plain.subscribe)
    return answer(exchange, refusal(403, "subscribing is off"));
  auto fields = origins_.fields_for(request);
  auto& part = shard_of(exchange);
  start_connection<plain_connection, sse_session>(
    part.actors, *part.services, std::get<plain_request>(std::move(asked)),
    exchange->take(), std::move(fields));
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
  shard_of(exchange).publisher->publish(
    exchange, std::get<std::string>(channel), origins_.fields_for(request));
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
  constexpr std::string_view scheme = "Bearer ";
  const auto authorization = request.field("Authorization");
  if (key.empty() || is_same_secret(request.field("X-API-Key"), key)
      || (authorization.starts_with(scheme)
          && is_same_secret(authorization.substr(scheme.size()), key)))
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

shard& front_service::shard_of(const exchange_ptr& exchange) const {
  return *shards_[exchange->loop().index()];
}

} // namespace rookery
