#include "net/http_link.hpp"

#include "net/io_loop.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <sys/socket.h>
#include <utility>

namespace rookery {

namespace {

namespace http = boost::beast::http;

using namespace std::chrono_literals;

/// One read from the socket, at most.
constexpr std::size_t input_step = 16 * 1024;

/// Status line and header fields of an answer.
constexpr std::uint32_t max_header = 16 * 1024;

/// An idle connection is given up before any common server does the same: a
/// request that crosses with the end of its connection may be lost.
constexpr std::chrono::seconds longest_patience = 1s;

/// The time subtracted from the server's keep-alive, for the way of its answer.
constexpr std::chrono::seconds caution = 1s;

/// Seconds of `Keep-Alive: timeout=N`; `otherwise` where nothing is said.
std::chrono::seconds named_timeout(std::string_view field,
                                   std::chrono::seconds otherwise) {
  constexpr std::string_view name = "timeout=";
  const auto at = field.find(name);
  unsigned seconds = 0;
  if (at == field.npos)
    return otherwise;
  const auto* begin = field.data() + at + name.size();
  const auto [end, ec] =
    std::from_chars(begin, field.data() + field.size(), seconds);
  return ec == std::errc{} ? std::chrono::seconds{std::min(seconds, 3600U)}
                           : otherwise;
}

} // namespace

struct http_link::answer_parser : http::response_parser<http::string_body> {
  explicit answer_parser(std::size_t max_body) {
    header_limit(max_header);
    body_limit(max_body);
  }
};

http_link::http_link(io_loop& loop, const http_url& server,
                     std::size_t max_body)
  : loop_{loop},
    server_{server},
    max_body_{max_body},
    resolver_{loop.context()},
    socket_{loop.context()} {}

http_link::~http_link() {
  assert(loop_.is_home());
}

void http_link::send(std::string_view request, listener& events) {
  timer_wheel::cancel(*this);
  request_ = request;
  events_ = &events;
  parser_ = std::make_unique<answer_parser>(max_body_);
  if (is_connected_)
    write();
  else
    resolve();
}

bool http_link::is_usable() {
  char byte = 0;
  if (is_closed_ || !is_connected_ || events_)
    return false;
  const auto size = ::recv(socket_.native_handle(), &byte, sizeof byte,
                           MSG_PEEK | MSG_DONTWAIT);
  return size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void http_link::close() noexcept {
  is_closed_ = true;
  events_ = nullptr;
  timer_wheel::cancel(*this);
  resolver_.cancel();
  error_code ec;
  socket_.close(ec);
}

void http_link::resolve() {
  error_code ec;
  const auto address = boost::asio::ip::make_address(server_.host, ec);
  if (!ec)
    return connect(tcp::resolver::results_type::create(
      tcp::endpoint{address, server_.port}, server_.host, ""));
  resolver_.async_resolve(
    server_.host, std::to_string(server_.port), tcp::resolver::numeric_service,
    [self = shared_from_this()](error_code ec,
                                const tcp::resolver::results_type& found) {
      if (self->is_closed_)
        return;
      if (ec || found.empty())
        return self->fail(backend_failure::unreachable);
      self->connect(found);
    });
}

void http_link::connect(const tcp::resolver::results_type& endpoints) {
  boost::asio::async_connect(
    socket_, endpoints,
    [self = shared_from_this()](error_code ec, const tcp::endpoint&) {
      if (!self->is_closed_)
        self->connected(ec);
    });
}

void http_link::connected(error_code ec) {
  const auto handle = static_cast<std::size_t>(socket_.native_handle());
  if (ec || handle >= loop_.limits().max_backend_descriptor)
    return fail(backend_failure::unreachable);
  socket_.set_option(tcp::no_delay{true}, ec);
  is_connected_ = true;
  write();
}

void http_link::write() {
  boost::asio::async_write(
    socket_, boost::asio::buffer(request_.data(), request_.size()),
    [self = shared_from_this()](error_code ec, std::size_t size) {
      if (self->is_closed_)
        return;
      if (ec)
        return self->fail(backend_failure::unreachable, size == 0);
      self->read();
    });
}

void http_link::read() {
  const auto held = input_.size();
  input_.resize(held + input_step);
  socket_.async_read_some(
    boost::asio::buffer(input_.data() + held, input_step),
    [self = shared_from_this(), held](error_code ec, std::size_t size) {
      if (!self->is_closed_)
        self->parse(held + size, ec);
    });
}

void http_link::parse(std::size_t size, error_code ec) {
  input_.resize(size);
  std::size_t used = 0;
  error_code wrong;
  while (used < size && !parser_->is_done()) {
    const auto step = parser_->put(
      boost::asio::const_buffer{input_.data() + used, size - used}, wrong);
    used += step;
    // An interim answer: the real one follows.
    if (!wrong && parser_->is_done() && parser_->get().result_int() / 100 == 1)
      parser_ = std::make_unique<answer_parser>(max_body_);
    if (wrong || step == 0)
      break;
  }
  input_.erase(0, used);
  if (wrong && wrong != http::error::need_more)
    return fail(backend_failure::bad_response);
  if (ec == boost::asio::error::eof && parser_->got_some()) {
    wrong.clear();
    parser_->put_eof(wrong);
    if (!wrong && parser_->is_done())
      ec.clear();
  }
  if (parser_->is_done())
    return finish();
  if (ec)
    return fail(backend_failure::unreachable);
  if (input_.size() > max_header)
    return fail(backend_failure::bad_response);
  read();
}

void http_link::finish() {
  const auto& answer = std::as_const(*parser_).get();
  const auto field = answer["Keep-Alive"];
  const auto named =
    named_timeout({field.data(), field.size()}, longest_patience + caution);
  patience_ = 0ms;
  if (parser_->keep_alive() && !parser_->need_eof() && input_.empty()
      && named > caution)
    patience_ =
      std::min<std::chrono::milliseconds>(longest_patience, named - caution);
  backend_answer result{answer.result_int(), std::move(parser_->get().body())};
  parser_.reset();
  request_ = {};
  std::string{}.swap(input_);
  std::exchange(events_, nullptr)->answered(std::move(result));
}

void http_link::fail(backend_failure why, bool is_untouched) {
  auto* events = std::exchange(events_, nullptr);
  close();
  events->failed(why, is_untouched);
}

} // namespace rookery
