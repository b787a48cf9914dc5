#include "net/http_connection.hpp"

#include "net/io_loop.hpp"
#include "net/pending_exchange.hpp"

#include <utility>

namespace rookery {

void http_connection::start(io_loop& loop, arrival from,
                            http_service& service) {
  begin(loop, std::move(from), service, false);
}

void http_connection::start_surplus(io_loop& loop, arrival from,
                                    http_service& service) {
  auto& self = begin(loop, std::move(from), service, true);
  loop.surplus_clients().add(self);
}

http_connection& http_connection::begin(io_loop& loop, arrival from,
                                        http_service& service,
                                        bool is_surplus) {
  const client_ptr made{
    new http_connection{loop, std::move(from), service, is_surplus}};
  auto& self = static_cast<http_connection&>(*made);
  self.enlist();
  self.set_deadline(loop.limits().handshake_timeout);
  return self;
}

http_connection::http_connection(io_loop& loop, arrival from,
                                 http_service& service, bool is_surplus)
  : client_socket{loop, std::move(from.socket)},
    service_{service},
    reader_{loop.limits()},
    remote_address_{std::move(from.remote_address)},
    local_port_{from.local_port},
    is_surplus_{is_surplus} {}

void http_connection::add_reference() noexcept {
  references_.fetch_add(1, std::memory_order_relaxed);
}

void http_connection::release_reference() noexcept {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1)
    delete this;
}

void http_connection::received(std::span<const unsigned char> bytes) {
  read_on({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void http_connection::end_turn() {
  if (can_read_on())
    read_on({});
  client_socket::end_turn();
  if (can_read_on())
    mark_dirty();
}

bool http_connection::can_read_on() const noexcept {
  return is_behind_ && is_live() && awaits_request()
         && output_cost() <= loop().limits().read_pause;
}

bool http_connection::awaits_request() const noexcept {
  return !is_pending_ && !is_closing_ && !is_paused();
}

bool http_connection::wants_input() const noexcept {
  return awaits_request() && !is_behind_;
}

void http_connection::read_on(std::string_view bytes) {
  is_behind_ = false;
  if (std::exchange(was_idle_, false)) {
    stop_yielding();
    set_deadline(loop().limits().handshake_timeout);
  }
  switch (reader_.feed(bytes)) {
  case request_reader::progress::incomplete:
    break;
  case request_reader::progress::expects_continue:
    send(frame::copy("HTTP/1.1 100 Continue\r\n\r\n"));
    break;
  case request_reader::progress::complete:
    serve();
    break;
  case request_reader::progress::refused:
    answer(reader_.refusal());
  }
}

void http_connection::serve() {
  timer_wheel::cancel(*this);
  auto request = reader_.take_request();
  request.remote_address = remote_address_;
  request.local_port = local_port_;
  is_pending_ = true;
  is_head_ = request.method == "HEAD";
  is_closing_ =
    is_closing_ || is_surplus_ || request.has_token("Connection", "close");
  if (is_surplus_)
    return respond(service_.answer_surplus(request));
  const boost::intrusive_ptr<http_connection> self{this};
  service_.handle(std::make_shared<pending_exchange>(self, std::move(request)));
}

void http_connection::respond(http_response response) {
  if (!is_live() || !is_pending_)
    return;
  is_pending_ = false;
  response.close = response.close || is_closing_ || is_paused();
  answer(response);
}

void http_connection::answer(const http_response& response) {
  send(frame::copy(encode_response(response, !is_head_)));
  if (!response.close)
    return expect_request();
  is_closing_ = true;
  linger(loop().limits().linger_timeout);
}

void http_connection::expect_request() {
  was_idle_ = reader_.is_idle();
  is_behind_ = !was_idle_;
  if (was_idle_)
    loop().idle_clients().add(*this);
  set_deadline(was_idle_ ? loop().limits().keep_alive
                         : loop().limits().handshake_timeout);
}

std::unique_ptr<accepted_client> http_connection::take(http_request request) {
  is_pending_ = false;
  return std::make_unique<accepted_client>(
    loop(), release_socket(), std::move(request), reader_.take_rest(),
    client_ptr{this});
}

void http_connection::input_ended() {
  is_closing_ = true;
  linger(loop().limits().linger_timeout);
}

void http_connection::finish(close_reason) {
  is_closing_ = true;
  if (!is_pending_)
    linger(loop().limits().linger_timeout);
}

void http_connection::close_without_output(close_reason) {
  break_off();
}

void http_connection::deadline() {
  if (output_cost() > 0 && made_progress())
    return set_deadline(loop().limits().keep_alive);
  shut(close_reason::peer_gone);
}

void http_connection::on_shut(close_reason) {
  is_pending_ = false;
}

void http_connection::leave_loop() noexcept {
  stop_yielding();
}

} // namespace rookery
