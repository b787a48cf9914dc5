#include "cluster/webhooks/http_webhook_sender.hpp"

#include <utility>
#include <variant>

namespace rookery {

namespace {

/// The limits of one delivery. Its timeout is longer than that of requests for
/// which a client waits.
constexpr http_client_limits limits{std::chrono::seconds{10}, 1, 1, 64 * 1024};

std::string problem_of(const backend_result& result) {
  if (const auto* failure = std::get_if<backend_failure>(&result))
    return std::string{to_string(*failure)};
  const auto status = std::get<backend_answer>(result).status;
  if (status >= 200 && status < 300)
    return {};
  return "status " + std::to_string(status);
}

} // namespace

http_webhook_sender::http_webhook_sender(io_loop& loop, http_url server)
  : client_{loop, std::move(server), limits} {}

void http_webhook_sender::send(std::string body, handler then) {
  const auto is_taken = client_.ask(
    body, {}, [then](backend_result result) { then(problem_of(result)); });
  if (!is_taken)
    then("overloaded");
}

} // namespace rookery
