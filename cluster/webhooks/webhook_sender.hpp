#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace rookery {

/// The connection to the backend, as an interface. For one thread.
class webhook_sender {
public:
  virtual ~webhook_sender() = default;

  /// Receives the reason why the backend did not acknowledge, for the log;
  /// empty if it did.
  using handler = std::function<void(std::string_view problem)>;

  /// Sends one JSON body. `then` is called once, unless this is destroyed
  /// before.
  virtual void send(std::string body, handler then) = 0;
};

} // namespace rookery
