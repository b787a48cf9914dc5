#include "cluster/admin_service.hpp"

#include "cluster/snapshot_json.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/sec.hpp>

#include <charconv>
#include <optional>

namespace rookery {

namespace {

constexpr std::string_view actors_path = "/actors";
constexpr std::uint64_t default_limit = 100;
constexpr std::uint64_t max_limit = 1000;

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t result = 0;
  const auto* end = text.data() + text.size();
  const auto [last, ec] = std::from_chars(text.data(), end, result);
  if (text.empty() || ec != std::errc{} || last != end)
    return std::nullopt;
  return result;
}

/// The query parameter `name` as a number, `fallback` without one, nothing when
/// it is no number.
std::optional<std::uint64_t> number_of(const http_request& request,
                                       std::string_view name,
                                       std::uint64_t fallback) {
  const auto text = request.query(name);
  return text ? number_in(*text) : std::optional{fallback};
}

bool is_loopback_name(std::string_view host) {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

/// Whether Host names this listener on this machine, and Origin is absent or
/// the same place.
bool is_own(const http_request& request) {
  const auto host = request.field("Host");
  const auto port = ":" + std::to_string(request.local_port);
  const auto name = host.substr(0, host.rfind(':'));
  if (!host.ends_with(port) || !is_loopback_name(name))
    return false;
  return request.count("Origin") == 0
         || request.field("Origin") == "http://" + std::string{host};
}

http_response json_page(std::string body) {
  http_response page;
  page.content_type = "application/json";
  page.body = std::move(body);
  page.fields = {{"Cache-Control", "no-store"},
                 {"X-Content-Type-Options", "nosniff"}};
  return page;
}

} // namespace

template <class Answer, class... Question>
void admin_service::ask(exchange_ptr exchange, Question... question) {
  // An actor of its own waits for the answer, away from the loops.
  system_.spawn([=, admin = admin_](caf::event_based_actor* self) {
    self->request(admin, caf::infinite, question...)
      .then(
        [=](const Answer& answer) {
          exchange->respond(json_page(to_json(answer)));
        },
        [=](const caf::error& problem) {
          exchange->respond(problem == caf::sec::invalid_argument
                              ? refusal(404, "no such actor")
                              : refusal(503, "a loop did not answer in time"));
        });
  });
}

void admin_service::handle(exchange_ptr exchange) {
  const auto& request = exchange->request();
  const auto path = request.path();
  if (!is_own(request))
    return exchange->respond(
      refusal(403, "the admin listener answers to its loopback address and its "
                   "own pages only"));
  if (path != actors_path && !path.starts_with("/actors/"))
    return exchange->respond(refusal(404, "not found"));
  if (request.method != "GET") {
    auto refused = refusal(405, "method not allowed");
    refused.fields.push_back({"Allow", "GET"});
    return exchange->respond(std::move(refused));
  }
  if (path == actors_path)
    return list(std::move(exchange));
  show(std::move(exchange), path.substr(actors_path.size() + 1));
}

void admin_service::list(exchange_ptr exchange) {
  const auto& request = exchange->request();
  const auto after = number_of(request, "after", 0);
  const auto limit = number_of(request, "limit", default_limit);
  if (!after || !limit || *limit == 0 || *limit > max_limit)
    return exchange->respond(
      refusal(400, "after= takes an actor id, limit= 1 to 1000"));
  listing_query query;
  query.kind = request.query("kind").value_or("");
  query.after = *after;
  query.limit = static_cast<std::uint32_t>(*limit);
  ask<listing>(std::move(exchange), query);
}

void admin_service::show(exchange_ptr exchange, std::string_view id) {
  const auto number = number_in(id);
  if (!number)
    return exchange->respond(refusal(400, "an actor id is a number"));
  ask<snapshot>(std::move(exchange), inspect_atom_v, *number);
}

} // namespace rookery
