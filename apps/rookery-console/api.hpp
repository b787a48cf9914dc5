#pragma once

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace rookery::console {

/// JSON whose members keep the order in which the node wrote them.
using json = nlohmann::ordered_json;

/// The reason why there is no answer.
struct failure {
  enum class reason { none, refused, unreachable, interrupted };

  reason why = reason::none;
  std::string text;
};

/// A node's answer, or the reason why there is none.
struct reply {
  json body;
  failure problem;

  explicit operator bool() const {
    return problem.why == failure::reason::none;
  }
};

/// The admin API of one node (docs/admin.md). Calls block, within time limits.
/// All give up soon after `interrupted()`.
class api {
public:
  /// Called with each message of a stream, and at least ten times a second with
  /// null. Returns false to end the stream.
  using listener = std::function<bool(const json*)>;

  virtual ~api() = default;

  /// `target` is a path with its query.
  virtual reply get(const std::string& target) = 0;

  virtual reply post(const std::string& path, const json& body) = 0;

  /// Opens `/live`, sends `request` with the token added, and listens until
  /// either side ends the stream.
  virtual failure stream(json request, const listener& each) = 0;

  /// The node's address, "127.0.0.1:9080".
  [[nodiscard]] virtual std::string address() const = 0;
};

} // namespace rookery::console
