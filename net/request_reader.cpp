#include "net/request_reader.hpp"

#include "net/session_limits.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <utility>

namespace rookery {

namespace {

namespace http = boost::beast::http;

using error_code = boost::system::error_code;

std::string_view view(boost::beast::string_view text) noexcept {
  return {text.data(), text.size()};
}

http_response refusal_of(error_code ec) {
  if (ec == http::error::header_limit)
    return refusal(431, "request header too large");
  if (ec == http::error::body_limit)
    return refusal(413, "request body too large");
  if (ec == http::error::bad_version)
    return refusal(505, "HTTP/1.1 or HTTP/1.0");
  return refusal(400, "malformed request");
}

/// RFC 9112 §3.2.2: servers must accept the absolute form.
std::string_view to_origin_form(std::string_view target) noexcept {
  constexpr std::string_view scheme = "http://";
  if (!equals_ignoring_case(target.substr(0, scheme.size()), scheme))
    return target;
  target.remove_prefix(
    std::min(target.find('/', scheme.size()), target.size()));
  return target.empty() ? "/" : target;
}

} // namespace

struct request_reader::parser : http::request_parser<http::string_body> {
  explicit parser(const session_limits& limits) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    body_limit(limits.max_message);
  }
};

request_reader::request_reader(const session_limits& limits)
  : limits_{limits} {}

request_reader::~request_reader() = default;

request_reader::progress request_reader::feed(std::string_view bytes) {
  input_ += bytes;
  if (!parser_) {
    // RFC 9112 §2.2: an empty line before a request is to be ignored.
    if (input_.starts_with("\r\n"))
      input_.erase(0, 2);
    if (input_.empty())
      return progress::incomplete;
    parser_ = std::make_unique<parser>(limits_);
  }
  if (std::exchange(awaits_continue_, false) && input_.empty())
    return progress::expects_continue;
  return read_on();
}

request_reader::progress request_reader::read_on() {
  std::size_t used = 0;
  const auto result = parse(used);
  input_.erase(0, used);
  return result;
}

request_reader::progress request_reader::parse(std::size_t& used) {
  for (;;) {
    error_code ec;
    const auto left = input_.size() - used;
    const auto step =
      parser_->put(boost::asio::const_buffer{input_.data() + used, left}, ec);
    used += step;
    if (ec && ec != http::error::need_more) {
      refusal_ = refusal_of(ec);
      return progress::refused;
    }
    if (!is_header_checked_ && parser_->is_header_done()) {
      is_header_checked_ = true;
      const auto result = check_header();
      if (result != progress::complete)
        return result;
      if (!parser_->is_done())
        return progress::has_head;
    }
    if (parser_->is_done())
      return progress::complete;
    if (step == 0 && left > limits_.header_bytes)
      return refuse(400, "malformed chunk");
    if (step == 0 || step == left)
      return progress::incomplete;
  }
}

/// Returns `complete` when the body can follow.
request_reader::progress request_reader::check_header() {
  const auto& header = std::as_const(*parser_).get();
  request_.method = view(header.method_string());
  request_.target = to_origin_form(view(header.target()));
  for (const auto& field : header)
    request_.fields.push_back({std::string{view(field.name_string())},
                               std::string{view(field.value())}});
  constexpr unsigned http_1_0 = 10;
  constexpr unsigned http_1_1 = 11;
  if (header.version() != http_1_1 && header.version() != http_1_0)
    return refuse(505, "HTTP/1.1 or HTTP/1.0");
  request_.is_http_1_0 = header.version() == http_1_0;
  if (request_.fields.size() > limits_.header_fields)
    return refuse(431, "too many header fields");
  // RFC 9112 §3.2: only HTTP/1.0 may do without.
  if (request_.count("Host") + request_.is_http_1_0 < 1
      || request_.count("Host") > 1)
    return refuse(400, "exactly one Host field is required");
  if (!request_.target.starts_with('/') && request_.target != "*")
    return refuse(400, "malformed request target");
  const auto lengths = request_.count("Content-Length");
  const auto codings = request_.count("Transfer-Encoding");
  if (lengths + codings > 1)
    return refuse(400, "ambiguous body length");
  if (lengths + codings > 0 && request_.has_token("Upgrade", "websocket"))
    return refuse(400, "a WebSocket upgrade has no body");
  // RFC 9112 §6.1: HTTP/1.0 has no transfer codings.
  if (codings > 0 && request_.is_http_1_0)
    return refuse(400, "a transfer coding in HTTP/1.0");
  if (codings > 0
      && !equals_ignoring_case(request_.field("Transfer-Encoding"), "chunked"))
    return refuse(501, "transfer coding not implemented");
  if (parser_->content_length_remaining().value_or(0) > limits_.max_message)
    return refuse(413, "request body too large");
  // RFC 9110 §10.1.1: in HTTP/1.0 it has no meaning.
  if (request_.count("Expect") == 0 || request_.is_http_1_0)
    return progress::complete;
  if (!equals_ignoring_case(request_.field("Expect"), "100-continue"))
    return refuse(417, "expectation not supported");
  awaits_continue_ = !parser_->is_done();
  return progress::complete;
}

request_reader::progress request_reader::refuse(unsigned status,
                                                std::string_view text) {
  refusal_ = rookery::refusal(status, text);
  return progress::refused;
}

http_request request_reader::take_request() {
  request_.body = std::move(parser_->get().body());
  parser_.reset();
  is_header_checked_ = false;
  return std::exchange(request_, {});
}

void request_reader::give_up() noexcept {
  parser_.reset();
  std::string{}.swap(input_);
}

std::size_t request_reader::held_bytes() const noexcept {
  // Reserved bytes that are not written yet take no memory.
  const auto body = parser_ ? std::as_const(*parser_).get().body().size() : 0;
  return input_.size() + body;
}

bool request_reader::is_idle() const noexcept {
  return !parser_ && input_.empty();
}

std::string request_reader::take_rest() {
  return std::exchange(input_, {});
}

} // namespace rookery
