#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace rookery::test {

/// A server that sends every client the same words, whatever the client sends;
/// words over 1 KiB are repeated without end.
class nonsense_server {
public:
  explicit nonsense_server(std::string words, std::uint16_t port = 0)
    : words_{std::move(words)} {
    accept_from(port);
    thread_ = std::thread{[this] { io_.run(); }};
  }

  ~nonsense_server() {
    io_.stop();
    thread_.join();
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  int connections() const noexcept { return connections_; }

private:
  using tcp = boost::asio::ip::tcp;

  void accept_from(std::uint16_t port) {
    const tcp::endpoint where{boost::asio::ip::address_v4::loopback(), port};
    acceptor_.open(where.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address{true});
    acceptor_.bind(where);
    acceptor_.listen();
    accept();
  }

  void accept() {
    acceptor_.async_accept(
      [this](boost::system::error_code ec, tcp::socket client) {
        if (ec)
          return;
        ++connections_;
        talk(std::make_shared<tcp::socket>(std::move(client)));
        accept();
      });
  }

  void talk(std::shared_ptr<tcp::socket> client) {
    boost::asio::async_write(
      *client, boost::asio::buffer(words_),
      [this, client](boost::system::error_code ec, std::size_t) {
        if (!ec && words_.size() > 1024)
          return talk(client);
        if (!ec)
          hold(client);
      });
  }

  void hold(std::shared_ptr<tcp::socket> client) {
    auto& socket = *client;
    socket.async_wait(tcp::socket::wait_error, [client](auto) {});
    held_.push_back(std::move(client));
  }

  const std::string words_;
  std::atomic<int> connections_{0};
  boost::asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  std::vector<std::shared_ptr<tcp::socket>> held_;
  std::thread thread_;
};

/// Greetings that no Redis sends; those over 1 KiB never end.
inline std::vector<std::string> nonsense() {
  std::mt19937 random{7};
  std::string noise(2000, '\0');
  for (auto& each : noise)
    each = static_cast<char>(random());
  return {"HTTP/1.1 400 Bad Request\r\n\r\n",
          "+PONG\r\n+PONG\r\n:1\r\n+OK\r\n",
          "+PONG\r\n*2147483647\r\n",
          "+PONG\r\n-ERR go away\r\n",
          "+PONG\r\n*3\r\n$9\r\nsubscribe\r\n$1\r\nx\r\n:1\r\n",
          "*1\r\n*1\r\n*1\r\n*1\r\n",
          ":1\r\n",
          "$-1\r\n",
          "+PONG\r\n$2000000000\r\n" + std::string(4000, 'x'),
          "+" + std::string(4000, 'x'),
          noise};
}

} // namespace rookery::test
