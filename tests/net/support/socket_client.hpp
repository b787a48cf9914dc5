#pragma once

#include "net/client_socket.hpp"
#include "net/io_loop.hpp"

#include <functional>
#include <string>
#include <utility>

namespace rookery::test {

/// A client without a protocol that records the input of its socket.
class socket_client final : public client_socket {
public:
  socket_client(io_loop& loop, descriptor socket)
    : client_socket{loop, std::move(socket)} {
    ++alive;
  }

  void begin(const client_ptr& predecessor = nullptr) { enlist(predecessor); }

  /// Starts or resumes reading.
  void resume() {
    wants = true;
    mark_dirty();
  }

  using client_socket::release_socket;
  using client_socket::send;

  void add_reference() noexcept override { ++references_; }

  void release_reference() noexcept override {
    if (--references_ == 0)
      delete this;
  }

  void finish(close_reason) override {}

  void close_without_output(close_reason) override {}

  void cut_input() override {}

  /// The end of the record: "|end", "|gone", or empty so far.
  std::string input;
  bool wants = true;
  std::function<void(std::size_t)> on_input;

  inline static int alive = 0;

private:
  ~socket_client() { --alive; }

  void received(std::span<const unsigned char> bytes) override {
    if (on_input)
      return on_input(bytes.size());
    input.append(bytes.begin(), bytes.end());
  }

  bool wants_input() const noexcept override { return wants; }

  void input_ended() override {
    input += "|end";
    drop();
  }

  void deadline() override {}

  void on_shut(close_reason) override { input += "|gone"; }

  int references_ = 0;
};

using socket_ptr = boost::intrusive_ptr<socket_client>;

} // namespace rookery::test
