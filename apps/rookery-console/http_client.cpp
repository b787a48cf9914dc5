#include "apps/rookery-console/http_client.hpp"

#include "configs/version.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <fmt/format.h>

namespace rookery::console {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

using asio::ip::tcp;
using boost::system::error_code;
using steady = std::chrono::steady_clock;
using reason = failure::reason;

// The limit on an answer's size; a page of 1,000 rows is far smaller.
constexpr std::size_t max_bytes = 64 << 20;

// The interval at which an interruption is noticed.
constexpr std::chrono::milliseconds beat{100};

/// A connection used step by step: each call runs until its step ends.
class line {
public:
  line(const node_access& where, time_limits limits,
       const std::function<bool()>& interrupted)
    : where_{where}, limits_{limits}, interrupted_{interrupted}, socket_{io_} {}

  tcp::socket& socket() { return socket_; }

  failure open() {
    tcp::resolver resolver{io_};
    tcp::resolver::results_type found;
    const auto end = steady::now() + limits_.connect;
    auto ec = step(end, [&](auto done) {
      resolver.async_resolve(where_.host, std::to_string(where_.port),
                             [&, done](error_code result, auto endpoints) {
                               found = std::move(endpoints);
                               done(result);
                             });
    });
    if (!ec)
      ec = step(end, [&](auto done) {
        asio::async_connect(
          socket_, found,
          [done](error_code result, const auto&) { done(result); });
      });
    if (!ec)
      return {};
    return failed(ec, fmt::format("timed out after {} s",
                                  limits_.connect.count() / 1000.0));
  }

  /// Starts an operation and runs until it is done. Closes the socket at the
  /// time limit, when the user interrupts, or when `goes_on` returns false.
  template <class Start>
  error_code step(
    steady::time_point end, Start start,
    const std::function<bool()>& goes_on = [] { return true; }) {
    struct outcome {
      bool done = false;
      error_code ec;
    };

    const auto result = std::make_shared<outcome>();
    start([result](error_code ec) {
      result->done = true;
      result->ec = ec;
    });
    bool late = false;
    io_.restart();
    while (!result->done) {
      io_.run_one_for(beat);
      late = !result->done && steady::now() >= end;
      if (!result->done && (late || interrupted_() || !goes_on())) {
        error_code ignored;
        socket_.close(ignored);
        return late ? asio::error::timed_out : asio::error::interrupted;
      }
    }
    return result->ec;
  }

  [[nodiscard]] steady::time_point answer_end() const {
    return steady::now() + limits_.answer;
  }

  [[nodiscard]] failure failed(error_code ec, const std::string& late) const {
    if (ec == asio::error::interrupted)
      return {reason::interrupted, "interrupted"};
    return {reason::unreachable,
            "cannot reach " + where_.address() + ": "
              + (ec == asio::error::timed_out ? late : ec.message())};
  }

  [[nodiscard]] failure no_answer(error_code ec) const {
    return failed(ec, fmt::format("no answer within {} s",
                                  limits_.answer.count() / 1000.0));
  }

private:
  const node_access& where_;
  time_limits limits_;
  const std::function<bool()>& interrupted_;
  asio::io_context io_{1};
  tcp::socket socket_;
};

reply read_answer(unsigned status, const std::string& text,
                  const std::string& address) {
  auto body = json::parse(text, nullptr, false);
  if (status == 401)
    return {{}, {reason::refused, "a valid token is required: --token-file"}};
  if (body.is_object() && status == 200)
    return {std::move(body), {}};
  if (body.is_object() && body.contains("error") && body["error"].is_string())
    return {{}, {reason::refused, body["error"].get<std::string>()}};
  return {{},
          {reason::refused,
           fmt::format("{} answers with status {}{}: is it the admin listener?",
                       address, status, status == 200 ? " but no JSON" : "")}};
}

class http_client final : public api {
public:
  http_client(node_access where, time_limits limits,
              std::function<bool()> interrupted)
    : where_{std::move(where)},
      limits_{limits},
      interrupted_{std::move(interrupted)} {}

  reply get(const std::string& target) override {
    return ask(http::verb::get, target, {});
  }

  reply post(const std::string& path, const json& body) override {
    return ask(http::verb::post, path, body.dump());
  }

  failure stream(json request, const listener& each) override;

  [[nodiscard]] std::string address() const override {
    return where_.address();
  }

private:
  reply ask(http::verb method, const std::string& target, std::string body);

  failure listen(line& to, websocket::stream<tcp::socket&>& socket,
                 const listener& each);

  node_access where_;
  time_limits limits_;
  std::function<bool()> interrupted_;
};

reply http_client::ask(http::verb method, const std::string& target,
                       std::string body) {
  line to{where_, limits_, interrupted_};
  if (auto problem = to.open(); problem.why != reason::none)
    return {{}, problem};
  http::request<http::string_body> request{method, target, 11};
  request.set(http::field::host, where_.address());
  request.set(http::field::user_agent,
              "rookery-console/" + std::string{version()});
  request.set(http::field::connection, "close");
  if (!where_.token.empty())
    request.set(http::field::authorization, "Bearer " + where_.token);
  if (method == http::verb::post) {
    request.set(http::field::content_type, "application/json");
    request.body() = std::move(body);
    request.prepare_payload();
  }
  const auto end = to.answer_end();
  auto ec = to.step(end, [&](auto done) {
    http::async_write(to.socket(), request,
                      [done](error_code result, std::size_t) { done(result); });
  });
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> response;
  response.body_limit(max_bytes);
  if (!ec)
    ec = to.step(end, [&](auto done) {
      http::async_read(
        to.socket(), buffer, response,
        [done](error_code result, std::size_t) { done(result); });
    });
  if (ec)
    return {{}, to.no_answer(ec)};
  return read_answer(response.get().result_int(), response.get().body(),
                     where_.address());
}

failure http_client::stream(json request, const listener& each) {
  line to{where_, limits_, interrupted_};
  if (auto problem = to.open(); problem.why != reason::none)
    return problem;
  websocket::stream<tcp::socket&> socket{to.socket()};
  socket.read_message_max(max_bytes);
  socket.set_option(websocket::stream_base::timeout{
    limits_.answer, std::chrono::seconds{20}, true});
  websocket::response_type response;
  auto ec = to.step(to.answer_end(), [&](auto done) {
    socket.async_handshake(response, where_.address(), "/live", done);
  });
  if (ec == websocket::error::upgrade_declined)
    return read_answer(response.result_int(), response.body(), where_.address())
      .problem;
  if (!where_.token.empty())
    request["token"] = where_.token;
  const auto first = request.dump();
  if (!ec)
    ec = to.step(to.answer_end(), [&](auto done) {
      socket.async_write(
        asio::buffer(first),
        [done](error_code result, std::size_t) { done(result); });
    });
  if (ec)
    return to.no_answer(ec);
  return listen(to, socket, each);
}

failure http_client::listen(line& to, websocket::stream<tcp::socket&>& socket,
                            const listener& each) {
  for (;;) {
    beast::flat_buffer buffer;
    bool goes_on = true;
    const auto ec = to.step(
      steady::time_point::max(),
      [&](auto done) {
        socket.async_read(
          buffer, [done](error_code result, std::size_t) { done(result); });
      },
      [&] { return goes_on = each(nullptr); });
    if (!goes_on)
      return {};
    if (ec == websocket::error::closed)
      return {reason::refused, where_.address() + " ended the stream: "
                                 + std::string{socket.reason().reason.c_str()}};
    if (ec)
      return to.failed(ec, {});
    const auto message =
      json::parse(beast::buffers_to_string(buffer.data()), nullptr, false);
    if (!message.is_object())
      return {reason::refused, where_.address() + " sent invalid JSON"};
    if (!each(&message))
      return {};
  }
}

} // namespace

std::unique_ptr<api> make_http_client(node_access where, time_limits limits,
                                      std::function<bool()> interrupted) {
  return std::make_unique<http_client>(std::move(where), limits,
                                       std::move(interrupted));
}

} // namespace rookery::console
