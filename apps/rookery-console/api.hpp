#pragma once

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace rookery::console {

/// Members stay in the order in which the node wrote them.
using json = nlohmann::ordered_json;

/// Why there is no answer.
struct failure {
  enum class reason { none, refused, unreachable, interrupted };

  reason why = reason::none;
  std::string text;
};

/// What a node answered, or why it did not.
struct reply {
  json body;
  failure problem;

  explicit operator bool() const {
    return problem.why == failure::reason::none;
  }
};

/// The admin API of one node (docs/admin.md). Calls block, within time limits;
/// all give up soon after `interrupted()`.
class api {
public:
  /// Called with each message of a stream, and at least ten times a second with
  /// null; false ends the stream.
  using listener = std::function<bool(const json*)>;

  virtual ~api() = default;

  /// `target` is a path with its query.
  virtual reply get(const std::string& target) = 0;

  virtual reply post(const std::string& path, const json& body) = 0;

  /// Opens `/live` with `wish`, which gets the token, and listens until one of
  /// both sides ends it.
  virtual failure stream(json wish, const listener& each) = 0;

  /// Where the node is: "127.0.0.1:9080".
  [[nodiscard]] virtual std::string address() const = 0;
};

} // namespace rookery::console
