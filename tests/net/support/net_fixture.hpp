#pragma once

#include "net/io_loop.hpp"
#include "tests/net/support/raw_client.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>

namespace rookery::test {

/// A loop that the test runs itself, on its own thread, and a way to connect.
/// Time passes only in the wheel, and only when the test says so.
struct net_fixture {
  /// The loop takes its limits when it is first used.
  session_limits limits;
  std::size_t output_memory = 512 * 1024 * 1024;
  std::size_t input_memory = 64 * 1024 * 1024;

  io_loop& loop() {
    if (!loop_) {
      budget_ = std::make_unique<memory_budget>(output_memory, 1);
      input_budget_ = std::make_unique<memory_budget>(input_memory, 1);
      loop_ = std::make_unique<io_loop>(0, limits, *budget_);
      loop_->bound_input(*input_budget_);
    }
    return *loop_;
  }

  const memory_budget& budget() const { return *budget_; }

  /// Returns a client and the server's end of its connection.
  std::pair<raw_client, descriptor> connect(int receive_buffer = 0) {
    using tcp = boost::asio::ip::tcp;
    tcp::acceptor acceptor{
      loop().context(),
      tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0}};
    raw_client client{acceptor.local_endpoint().port(), receive_buffer};
    descriptor accepted{::accept4(acceptor.native_handle(), nullptr, nullptr,
                                  SOCK_NONBLOCK | SOCK_CLOEXEC)};
    return {std::move(client), std::move(accepted)};
  }

  /// Runs all ready handlers.
  void pump() {
    loop().context().restart();
    loop().context().poll();
  }

  /// Runs the loop until `reached` returns true; false after ten seconds.
  template <class Predicate>
  bool pump_until(Predicate reached) {
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!reached()) {
      if (std::chrono::steady_clock::now() > deadline)
        return false;
      loop().context().restart();
      loop().context().run_one_for(2ms);
    }
    return true;
  }

  /// Advances the loop's wheel by `time`.
  void advance(std::chrono::milliseconds time) {
    auto& wheel = loop().wheel();
    wheel.advance(wheel.now()
                  + static_cast<std::uint32_t>(time / timer_wheel::tick));
    loop().settle_memory();
    pump();
  }

private:
  std::unique_ptr<memory_budget> budget_;
  std::unique_ptr<memory_budget> input_budget_;
  std::unique_ptr<io_loop> loop_;
};

} // namespace rookery::test
