#include "cluster/node/front_service.hpp"

#include "cluster/api/api_key.hpp"
#include "cluster/node/plain_access.hpp"
#include "configs/check_hooks.hpp"
#include "configs/check_settings.hpp"

#include <algorithm>
#include <optional>
#include <variant>

namespace rookery {

namespace {

constexpr std::string_view publish_path = "/pub/";
constexpr std::string_view api_path = "/api/";

constexpr std::string_view draining =
  "this node is being drained: come back elsewhere";

} // namespace

front_service::front_service(const settings& config, protocol_table protocols,
                             std::vector<node_loop*> node_loops,
                             const bus_health& health, const drain_gate& gate,
                             std::string_view demo_page)
  : config_{config},
    protocols_{protocols},
    is_exposed_{is_exposed(config)},
    node_loops_{std::move(node_loops)},
    health_{health},
    gate_{gate},
    demo_page_{demo_page},
    origins_{config.listen.allowed_origins,
             forwards_credentials(config.hooks)} {}

void front_service::handle(std::shared_ptr<http_exchange> exchange) {
  const auto& request = exchange->request();
  const auto path = request.path();
  if (!origins_.admits(request))
    return answer(exchange, refusal(403, "this origin is not allowed"));
  if (request.method == "OPTIONS")
    return exchange->respond(origins_.preflight(request));
  if (start_client(exchange, path))
    return;
  if (path.starts_with(publish_path))
    return publish(exchange, path.substr(publish_path.size()));
  if (path.starts_with(api_path))
    return serve_api(exchange, path.substr(api_path.size()));
  if (path == api_path.substr(0, api_path.size() - 1))
    return serve_api(exchange, {});
  if (auto page = health_page_at(path))
    return serve_page(exchange, std::move(*page));
  if (path == "/" && config_.plain.demo)
    return serve_page(
      exchange,
      {200, "text/html; charset=utf-8", std::string{demo_page_}, {}, false});
  answer(exchange, refusal(404, "not found"));
}

http_response front_service::answer_surplus(const http_request& request) const {
  auto page = health_page_at(request.path());
  return page && (request.method == "GET" || request.method == "HEAD")
           ? std::move(*page)
           : http_service::answer_surplus(request);
}

std::optional<http_response>
front_service::health_page_at(std::string_view path) const {
  if (path == "/health")
    return health_page(true, "healthy");
  if (path == "/ready")
    return health_page(health_.is_ready() && !gate_.is_closed(), "ready");
  return std::nullopt;
}

bool front_service::start_client(const exchange_ptr& exchange,
                                 std::string_view path) {
  const auto found = std::ranges::find_if(protocols_, [path](const auto& each) {
    return each.path.ends_with('/') ? path.starts_with(each.path)
                                    : path == each.path;
  });
  if (found == protocols_.end())
    return false;
  if (gate_.is_closed()) {
    answer(exchange, come_back(draining, exchange->loop().next_retry()));
    return true;
  }
  const auto line = static_cast<std::size_t>(found - protocols_.begin());
  const auto& starter = node_loop_of(exchange).starters[line];
  if (!starter)
    return false;
  new_client who{exchange, origins_, path.substr(found->path.size())};
  starter->start(who);
  return true;
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
  new_client{exchange, origins_, {}}.answer(std::move(response));
}

node_loop& front_service::node_loop_of(const exchange_ptr& exchange) const {
  return *node_loops_[exchange->loop().index()];
}

} // namespace rookery
