#pragma once

#include "actors/message/backend.hpp"
#include "actors/message/claims.hpp"
#include "actors/message/client_error.hpp"
#include "actors/message/dictated_close.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

/// The questions to a backend about clients, and its answers. Questions are
/// views: they need to live only during the call.
namespace rookery {

enum class hook_kind : std::uint8_t {
  connect,
  refresh,
  subscribe,
  publish,
  rpc,
};

inline constexpr std::size_t hook_count =
  static_cast<std::size_t>(hook_kind::rpc) + 1;

/// Returns the name of `kind` in settings and logs, e.g. "connect".
constexpr std::string_view to_string(hook_kind kind) noexcept {
  switch (kind) {
  case hook_kind::connect:
    return "connect";
  case hook_kind::refresh:
    return "refresh";
  case hook_kind::subscribe:
    return "subscribe";
  case hook_kind::publish:
    return "publish";
  case hook_kind::rpc:
    return "rpc";
  }
  return {};
}

/// The client that the question is about.
struct hook_subject {
  std::string_view client;
  std::string_view user; ///< empty: anonymous, or not known yet
  std::string_view meta; ///< JSON; empty: none
  /// Header fields of its request that are passed on to backends.
  std::span<const backend_field> fields;
};

/// Asks whether the client may connect, and as which user.
struct connect_question {
  hook_subject who;
  std::string_view name;
  std::string_view version;
  std::string_view data;                      ///< JSON; empty: none
  std::span<const std::string_view> channels; ///< where it wants to recover
};

/// Asks whether the client may stay connected.
struct refresh_question {
  hook_subject who;
};

/// Asks whether the client may subscribe.
struct subscribe_question {
  hook_subject who;
  std::string_view channel;
  std::string_view data; ///< JSON; empty: none
};

/// Asks whether the client may publish.
struct publish_question {
  hook_subject who;
  std::string_view channel;
  std::string_view data; ///< JSON
};

struct rpc_question {
  hook_subject who;
  std::string_view method;
  std::string_view data; ///< JSON; empty: none
};

struct connect_grant {
  /// False: the backend leaves the client to the rules for clients without
  /// token.
  bool is_known = false;
  connection_claims claims;
  std::string data; ///< JSON for the client; empty: none
};

struct refresh_grant {
  bool has_expired = false;
  /// The end of the connection unless it is refreshed; unset: never.
  std::optional<std::chrono::sys_seconds> expires_at;
  std::string info; ///< JSON; empty: none
};

struct subscribe_grant {
  std::string info; ///< JSON; empty: none
  std::string data; ///< JSON for the client; empty: none
  /// The end of the subscription; unset: never.
  std::optional<std::chrono::sys_seconds> expires_at;
  channel_overrides overrides;
};

struct publish_grant {
  /// The data to publish instead of the client's; unset: the client's.
  std::optional<claim_data> data;
  bool skips_history = false;
};

struct rpc_grant {
  std::string data; ///< JSON; empty: none
};

/// An error reply to a client: chosen by the backend, or by the node if there
/// was no answer.
struct hook_error {
  std::uint32_t code = 0;
  std::string message;
  bool temporary = false;

  /// Returns a view.
  client_error error() const noexcept { return {code, message, temporary}; }

  bool operator==(const hook_error&) const = default;
};

/// The answer to a question: a grant, an error reply, or a close.
template <class Grant>
using hook_answer = std::variant<Grant, hook_error, dictated_close>;

/// The backends of one loop. Each `ask` returns false if too many questions
/// wait already; otherwise it calls `done` with the answer, once, never before
/// `ask` has returned. Loop thread only.
class backend_hooks {
public:
  template <class Grant>
  using receiver = std::function<void(hook_answer<Grant>)>;

  /// Returns true if there is a backend for questions of that kind; others must
  /// not be asked.
  virtual bool has(hook_kind kind) const noexcept = 0;

  [[nodiscard]] virtual bool ask(const connect_question& question,
                                 receiver<connect_grant> done) = 0;
  [[nodiscard]] virtual bool ask(const refresh_question& question,
                                 receiver<refresh_grant> done) = 0;
  [[nodiscard]] virtual bool ask(const subscribe_question& question,
                                 receiver<subscribe_grant> done) = 0;
  [[nodiscard]] virtual bool ask(const publish_question& question,
                                 receiver<publish_grant> done) = 0;
  [[nodiscard]] virtual bool ask(const rpc_question& question,
                                 receiver<rpc_grant> done) = 0;

protected:
  ~backend_hooks() = default;
};

} // namespace rookery
