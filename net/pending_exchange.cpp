#include "net/pending_exchange.hpp"

#include "net/io_loop.hpp"

#include <boost/asio/dispatch.hpp>

#include <utility>

namespace rookery {

pending_exchange::pending_exchange(
  boost::intrusive_ptr<http_connection> connection, http_request request)
  : loop_{connection->loop()},
    connection_{std::move(connection)},
    request_{std::move(request)} {}

pending_exchange::~pending_exchange() {
  respond(refusal(500, "the request was not answered"));
}

void pending_exchange::respond(http_response response) {
  if (is_answered_.exchange(true))
    return;
  boost::asio::dispatch(loop_.context(),
                        [connection = std::move(connection_),
                         response = std::move(response)]() mutable {
                          connection->respond(std::move(response));
                        });
}

std::unique_ptr<accepted_client> pending_exchange::take() {
  is_answered_ = true;
  return std::exchange(connection_, nullptr)->take(std::move(request_));
}

} // namespace rookery
