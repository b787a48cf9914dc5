#include "net/http_connection.hpp"

#include "configs/log.hpp"
#include "net/io_loop.hpp"
#include "net/peers/forwarded.hpp"
#include "net/peers/proxy_header.hpp"
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

void http_connection::reject(io_loop& loop, arrival from, http_service& service,
                             const http_response& answer) {
  begin(loop, std::move(from), service, true).answer(answer);
}

http_connection& http_connection::begin(io_loop& loop, arrival from,
                                        http_service& service,
                                        bool is_surplus) {
  const client_ptr made{
    new http_connection{loop, std::move(from), service, is_surplus}};
  auto& self = static_cast<http_connection&>(*made);
  self.enlist();
  // A proxy may open connections before it has requests for them.
  self.was_idle_ = self.is_proxy_ && !is_surplus;
  if (self.was_idle_)
    loop.idle_clients().add(self);
  self.set_deadline(self.was_idle_ ? loop.limits().keep_alive
                                   : loop.limits().handshake_timeout);
  return self;
}

http_connection::http_connection(io_loop& loop, arrival from,
                                 http_service& service, bool is_surplus)
  : client_socket{loop, std::move(from.socket)},
    service_{service},
    reader_{loop.limits()},
    remote_address_{std::move(from.remote_address)},
    gate_{from.gate},
    local_port_{from.local_port},
    is_surplus_{is_surplus} {
  set_place(from.place);
  if (gate_ && !gate_->proxies().empty())
    if (const auto peer = parse_ip(remote_address_))
      is_proxy_ = gate_->is_proxy(*peer);
}

void http_connection::add_reference() noexcept {
  references_.fetch_add(1, std::memory_order_relaxed);
}

void http_connection::release_reference() noexcept {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1)
    delete this;
}

void http_connection::received(std::span<const unsigned char> bytes) {
  const std::string_view text{reinterpret_cast<const char*>(bytes.data()),
                              bytes.size()};
  if (awaits_header())
    read_header(text);
  else
    read_on(text);
}

bool http_connection::awaits_header() const noexcept {
  return is_proxy_ && !has_header_ && gate_->reads_headers();
}

void http_connection::read_header(std::string_view bytes) {
  header_ += bytes;
  const auto header = read_proxy_header(header_);
  if (header.result == proxy_header::verdict::malformed) {
    log::warn("proxy without a header", "remote", remote_address_);
    return shut(close_reason::protocol_error);
  }
  if (header.result == proxy_header::verdict::incomplete)
    return;
  has_header_ = true;
  const auto rest = std::exchange(header_, {}).substr(header.size);
  if (header.client)
    set_peer(*header.client);
  if (is_live() && !is_closing_ && !rest.empty())
    read_on(rest);
}

/// Takes the word of a proxy about its client, which may be a proxy, too.
void http_connection::set_peer(const ip_address& address) {
  remote_address_ = to_string(address);
  is_address_told_ = true;
  is_proxy_ = gate_->is_proxy(address);
  if (is_proxy_)
    return;
  const auto now = std::chrono::steady_clock::now();
  const auto [why, where] = gate_->book().enter(address, now);
  set_place(where);
  if (why == address_refusal::none)
    return;
  loop().count_refusal(why);
  answer(too_many(why));
}

void http_connection::identify(http_request& request) const {
  request.remote_address = remote_address_;
  request.local_port = local_port_;
  request.is_address_told = is_address_told_;
  request.is_counted = !is_proxy_;
  if (!is_proxy_)
    return;
  if (const auto client = forwarded_client(request, gate_->proxies())) {
    request.remote_address = to_string(*client);
    request.is_address_told = true;
  }
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
  while (read_step(std::exchange(bytes, {})))
    ;
}

/// Returns true if more can be read of what has come.
bool http_connection::read_step(std::string_view bytes) {
  switch (reader_.feed(bytes)) {
  case request_reader::progress::incomplete:
    if (reader_.is_idle()) {
      held_.release();
    } else {
      loop().inputs().hold(held_, *this, reader_.held_bytes());
      mark_dirty(); // the sum is settled after the flush
    }
    return false;
  case request_reader::progress::has_head:
    identify(reader_.head());
    if (const auto refused = service_.refuse_body(reader_.head())) {
      answer(*refused);
      return false;
    }
    return true;
  case request_reader::progress::expects_continue:
    send(frame::copy("HTTP/1.1 100 Continue\r\n\r\n"));
    return false;
  case request_reader::progress::complete:
    held_.release();
    serve();
    return false;
  case request_reader::progress::refused:
    answer(reader_.refusal());
    return false;
  }
  return false;
}

void http_connection::serve() {
  timer_wheel::cancel(*this);
  auto request = reader_.take_request();
  identify(request);
  is_pending_ = true;
  is_head_ = request.method == "HEAD";
  is_closing_ = is_closing_ || is_surplus_ || request.is_http_1_0
                || request.has_token("Connection", "close");
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
  held_.release();
  reader_.give_up();
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
  counted_place place;
  if (auto* book = loop().book())
    place = counted_place{*book, take_place()};
  auto result = std::make_unique<accepted_client>(
    loop(), release_socket(), std::move(request), reader_.take_rest(),
    client_ptr{this});
  result->place = std::move(place);
  return result;
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

void http_connection::cut_input() {
  answer(refusal(408, "too many unfinished requests"));
}

void http_connection::deadline() {
  if (output_cost() > 0 && made_progress())
    return set_deadline(loop().limits().keep_alive);
  if (!is_pending_ && !is_closing_ && !reader_.is_idle())
    return answer(refusal(408, "the request did not arrive in time"));
  shut(close_reason::peer_gone);
}

void http_connection::on_shut(close_reason) {
  is_pending_ = false;
}

void http_connection::leave_loop() noexcept {
  held_.release();
  stop_yielding();
}

} // namespace rookery
