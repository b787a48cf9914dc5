#include "cluster/admin/admin_service.hpp"

#include "cluster/admin/admin_actions.hpp"
#include "cluster/admin/admin_page.hpp"
#include "cluster/admin/admin_queries.hpp"
#include "cluster/admin/metrics_text.hpp"
#include "cluster/shared/connection.hpp"
#include "cluster/shared/gathering.hpp"
#include "configs/log.hpp"
#include "net/accepted_client.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_session.hpp"

#include <caf/event_based_actor.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace rookery {

namespace {

constexpr std::string_view api_path = "/api/";

/// The time to wait for answers; longer than nodes wait for loops and buses.
const caf::duration answer_patience{std::chrono::seconds{5}};

/// The content security policy: the page loads nothing from other hosts, and no
/// page may frame it.
constexpr std::string_view policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
  "'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
  "frame-ancestors 'none'";

http_response file_page(std::string_view type, std::string_view bytes) {
  http_response page;
  page.content_type = type;
  page.body = bytes;
  page.fields = {{"Cache-Control", "no-cache"},
                 {"X-Content-Type-Options", "nosniff"},
                 {"Referrer-Policy", "no-referrer"},
                 {"Content-Security-Policy", std::string{policy}}};
  return page;
}

http_response health_page(bool good, std::string_view name) {
  http_response page;
  page.status = good ? 200 : 503;
  page.body = (good ? "" : "not ") + std::string{name} + "\n";
  page.fields = {{"Cache-Control", "no-store"}};
  return page;
}

http_response not_allowed(std::string_view method) {
  auto refused = admin_error(405, "method not allowed");
  refused.fields.push_back({"Allow", std::string{method}});
  return refused;
}

bool is_read(const http_request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

/// Returns true if the body is declared as JSON. A browser lets a foreign page
/// post a form or text without asking this server first, but not JSON.
bool is_json(const http_request& request) {
  const auto type = request.field("Content-Type");
  return equals_ignoring_case(type.substr(0, type.find(';')),
                              "application/json");
}

/// Returns the subject of an action for the log, without its data.
std::string subject_of(admin_request& request) {
  std::string result;
  for (const auto* name :
       {"node", "connection", "user", "channel", "do", "rate", "level"}) {
    const auto value = request.value(name);
    if (!value.is_null())
      result +=
        (result.empty() ? "" : " ") + std::string{name} + ":"
        + (value.is_string() ? value.get<std::string>() : text_of(value));
  }
  return result;
}

void log_action(admin_request& request, unsigned status) {
  log::info("admin action", "do", request.from().path(), "on",
            subject_of(request), "from", request.from().remote_address,
            "status", status);
}

/// Makes the answer to a request from the answers of the nodes.
http_response answer_to(admin_request& request, const admin_route& route,
                        const query_answers& answers) {
  if (!answers.is_known_node)
    return admin_error(404, "no such node");
  if (answers.nodes.empty() && answers.silent.empty())
    return admin_error(503,
                       "not asked: " + std::string{to_string(answers.problem)});
  auto body = answers.frame();
  body.update(route.show(request, answers));
  if (const auto& problem = request.problem())
    return admin_error(problem->status, problem->text);
  auto page = admin_answer(body);
  if (request.is_action() && answers.nodes.empty())
    page.status = 503;
  return page;
}

} // namespace

std::optional<http_response>
admin_service::refuse_body(const http_request& head) {
  if (auto refused = guard_.refuse_foreign(head))
    return refused;
  const auto path = head.path();
  if (path != "/metrics" && !path.starts_with(api_path))
    return std::nullopt;
  return guard_.refuse_stranger(head);
}

void admin_service::handle(exchange_ptr exchange) {
  const auto& request = exchange->request();
  const auto path = request.path();
  if (auto refused = guard_.refuse_foreign(request))
    return exchange->respond(std::move(*refused));
  if (serve_file(exchange, path) || serve_health(exchange, path))
    return;
  // A browser cannot send a token with this request: the first message has it.
  if (path == "/live")
    return serve_stream(exchange);
  if (auto refused = guard_.refuse_stranger(request))
    return exchange->respond(std::move(*refused));
  if (path == "/metrics")
    return serve_metrics(exchange);
  if (path.starts_with(api_path))
    return serve_api(exchange, path.substr(api_path.size()));
  exchange->respond(admin_error(404, "not found"));
}

bool admin_service::serve_file(const exchange_ptr& exchange,
                               std::string_view path) const {
  http_response page;
  if (path == "/")
    page = file_page("text/html; charset=utf-8", files_.page);
  else if (path == "/console.js")
    page = file_page("text/javascript; charset=utf-8", files_.script);
  else if (path == "/console.css")
    page = file_page("text/css; charset=utf-8", files_.style);
  else
    return false;
  exchange->respond(is_read(exchange->request()) ? std::move(page)
                                                 : not_allowed("GET, HEAD"));
  return true;
}

bool admin_service::serve_health(const exchange_ptr& exchange,
                                 std::string_view path) const {
  http_response page;
  if (path == "/health")
    page = health_page(true, "healthy");
  else if (path == "/ready")
    page = health_page(health_.is_ready() && !gate_.is_closed(), "ready");
  else
    return false;
  exchange->respond(is_read(exchange->request()) ? std::move(page)
                                                 : not_allowed("GET, HEAD"));
  return true;
}

void admin_service::serve_metrics(const exchange_ptr& exchange) {
  if (!is_read(exchange->request()))
    return exchange->respond(not_allowed("GET, HEAD"));

  struct halves {
    std::optional<membership_report> known;
    std::optional<node_facts> facts;
  };

  const auto end = [exchange](halves found) {
    if (!found.known || !found.facts)
      return exchange->respond(
        admin_error(503, "the node did not answer in time"));
    found.facts->other_nodes = found.known->others.size();
    found.facts->strangers = found.known->strangers.size();
    http_response page;
    page.content_type = metrics_content_type;
    page.body = metrics_text(*found.facts);
    page.fields = {{"Cache-Control", "no-store"}};
    exchange->respond(std::move(page));
  };
  // A separate actor waits for the answers, so that no loop has to.
  system_.spawn(
    [end, control = actor_ref<control_actor>{control_},
     admin = actor_ref<admin_actor>{admin_}](caf::event_based_actor* self) {
      const auto both = gathering<halves>::start({}, end);
      both->ask<membership_report>(
        *self, control, answer_patience, membership_query{},
        [](halves& to, const membership_report& one) { to.known = one; });
      both->ask<node_facts>(
        *self, admin, answer_patience, meters_atom_v,
        [](halves& to, const node_facts& one) { to.facts = one; });
      both->finish();
    });
}

void admin_service::serve_api(const exchange_ptr& exchange,
                              std::string_view path) {
  const auto& request = exchange->request();
  const auto* query = find_route(admin_queries(), path);
  const auto* action = find_route(admin_actions(), path);
  if (!query && !action)
    return exchange->respond(admin_error(404, "not found"));
  if (request.method == "GET" && query)
    return put(exchange, *query);
  if (request.method != "POST" || !action)
    return exchange->respond(not_allowed(query ? "GET" : "POST"));
  if (!is_json(request))
    return exchange->respond(
      admin_error(415, "an action needs Content-Type: application/json"));
  put(exchange, *action);
}

void admin_service::serve_stream(const exchange_ptr& exchange) {
  const auto& request = exchange->request();
  if (auto refused = check_upgrade(request))
    return exchange->respond(std::move(*refused));
  stream_request from{request.remote_address};
  start_connection<admin_stream, websocket_session>(
    home_, streams_, std::move(from), exchange->take());
}

void admin_service::put(const exchange_ptr& exchange,
                        const admin_route& route) {
  auto request =
    std::make_shared<admin_request>(exchange->request(), protocols_);
  auto query = route.ask(*request);
  if (const auto& problem = request->problem())
    return exchange->respond(admin_error(problem->status, problem->text));
  query_nodes(system_, control_, std::move(query),
              [exchange, request, &route](const query_answers& answers) {
                auto page = answer_to(*request, route, answers);
                if (request->is_action())
                  log_action(*request, page.status);
                exchange->respond(std::move(page));
              });
}

} // namespace rookery
