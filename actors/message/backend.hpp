#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace rookery {

/// One header field of a request to a backend.
struct backend_field {
  std::string name;
  std::string value;

  bool operator==(const backend_field&) const = default;
};

/// The answer of a backend, whatever its HTTP status.
struct backend_answer {
  unsigned status = 200;
  std::string body;
};

/// The reason why there is no answer. None of them tells whether the backend
/// has received the request.
enum class backend_failure : std::uint8_t {
  unreachable,  ///< no connection, or it broke before the answer was complete
  timeout,      ///< no complete answer in time
  bad_response, ///< not HTTP, or too large
  stopped,      ///< the node stops
};

/// Returns the name of `why` for logs, e.g. "unreachable".
constexpr std::string_view to_string(backend_failure why) noexcept {
  switch (why) {
  case backend_failure::unreachable:
    return "unreachable";
  case backend_failure::timeout:
    return "timeout";
  case backend_failure::bad_response:
    return "bad_response";
  case backend_failure::stopped:
    return "stopped";
  }
  return {};
}

using backend_result = std::variant<backend_answer, backend_failure>;

/// The application that answers JSON requests at one URL. Loop thread only.
class backend {
public:
  /// Called with the result, once, never within `ask`.
  using receiver = std::function<void(backend_result)>;

  /// Sends `body`, JSON, with these header fields in addition to those of every
  /// request. Returns false if too many requests wait already; nothing is sent
  /// then, and `done` is not called.
  [[nodiscard]] virtual bool ask(std::string_view body,
                                 std::span<const backend_field> fields,
                                 receiver done) = 0;

protected:
  ~backend() = default;
};

} // namespace rookery
