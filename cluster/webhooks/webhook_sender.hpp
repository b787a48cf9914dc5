#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace rookery {

/// The way to the backend. For one thread.
class webhook_sender {
public:
  virtual ~webhook_sender() = default;

  /// Gets why the backend did not acknowledge, for the log; empty if it did.
  using handler = std::function<void(std::string_view problem)>;

  /// Sends one body of JSON. `then` is called once, unless this ends before.
  virtual void send(std::string body, handler then) = 0;
};

} // namespace rookery
