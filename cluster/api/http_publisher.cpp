#include "cluster/api/http_publisher.hpp"

#include "configs/utf8.hpp"

namespace rookery {

namespace {

http_response answer_to(const publish_outcome& result) {
  http_response response;
  if (result.verdict == publish_verdict::accepted) {
    response.body = "published\n";
    return response;
  }
  response.status = 503;
  response.body = result.verdict == publish_verdict::refused
                    ? "publication refused: "
                    : "outcome unknown, perhaps published: ";
  response.body.append(to_string(result.problem)).append("\n");
  response.fields.push_back({"Retry-After", "1"});
  return response;
}

} // namespace

http_publisher::http_publisher(caf::actor_config& config, bus_access& bus)
  : pinned_actor{config}, bus_{bus} {}

http_publisher::behavior_type http_publisher::make_behavior() {
  return {
    [this](const publish_outcome& result) { end(result); },
    [this](inspect_atom) { return inspect(); },
  };
}

void http_publisher::publish(std::shared_ptr<http_exchange> exchange,
                             std::string_view channel,
                             std::vector<http_field> fields) {
  const auto& body = exchange->request().body;
  const auto kind =
    is_valid_utf8(body) ? payload_kind::text : payload_kind::binary;
  auto what = publication::make(channel, body, kind);
  const auto ticket = ++ticket_;
  pending_.emplace(ticket, pending{std::move(exchange), std::move(fields)});
  const auto refused =
    bus_.publish(caf::strong_actor_ptr{ctrl()}, std::move(what), ticket,
                 acknowledge::always);
  if (refused)
    end(*refused);
}

void http_publisher::end(const publish_outcome& result) {
  auto found = pending_.extract(result.ticket);
  if (!found)
    return;
  auto response = answer_to(result);
  for (auto& field : found.mapped().fields)
    response.fields.push_back(std::move(field));
  found.mapped().exchange->respond(std::move(response));
}

void http_publisher::describe(snapshot& out) const {
  pinned_actor::describe(out);
  out.add("pending", static_cast<std::int64_t>(pending_.size()));
}

void http_publisher::on_exit() {
  pending_.clear();
  pinned_actor::on_exit();
}

} // namespace rookery
