#pragma once

#include "actors/backend_hooks.hpp"
#include "actors/centrifuge/centrifuge_answers.hpp"
#include "actors/centrifuge/centrifuge_commands.hpp"
#include "actors/centrifuge/centrifuge_tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

class centrifuge_client;

/// The connect command of one client: asks a backend or judges the token, makes
/// the server's subscriptions and answers once all of them are confirmed. Loop
/// thread only.
class centrifuge_handshake {
public:
  /// `client` must outlive this.
  explicit centrifuge_handshake(centrifuge_client& client) : client_{client} {}

  /// Returns true if the client has still to send the command.
  bool is_awaited() const noexcept { return phase_ == phase::fresh; }

  /// Returns true while a backend is asked about the command. Input has to be
  /// held meanwhile, beginning with the command.
  bool is_asking() const noexcept { return phase_ == phase::asking; }

  bool has_failed() const noexcept { return phase_ == phase::failed; }

  /// Returns true if the client was let in; some of its subscriptions may not
  /// be confirmed yet.
  bool has_passed() const noexcept {
    return phase_ == phase::joining || phase_ == phase::done;
  }

  bool is_joining() const noexcept { return phase_ == phase::joining; }

  bool is_done() const noexcept { return phase_ == phase::done; }

  /// Carries out the command, or asks a backend first. After the backend's
  /// answer the client goes on with the command again if it is let in.
  void connect(std::uint32_t id, const connect_request& request);

  /// Notes that one of the server's subscriptions is confirmed.
  void confirm(std::string_view channel, const member_entry& how);

  /// Notes that one of the server's subscriptions ended before it was
  /// confirmed.
  void give_up();

private:
  enum class phase : std::uint8_t { fresh, asking, failed, joining, done };

  /// A command on its way to its reply.
  struct pending {
    /// The answer of the backend; null: none, or not yet.
    std::unique_ptr<connect_grant> grant;
    // Once the client is let in.
    std::uint32_t command = 0;
    std::string data; ///< JSON for the client; empty: none
    /// Subscriptions not confirmed yet; plus one while they are being made.
    std::size_t waiting = 1;
    std::vector<kept_entry> entries;
  };

  void ask(std::uint32_t id, const connect_request& request);
  void take(std::uint32_t id, hook_answer<connect_grant> answer);
  claims_or_refusal<connection_claims>
  judge_granted(connection_claims& claims) const;
  void admit(std::uint32_t id, const connect_request& request,
             const claims_or_refusal<connection_claims>& judged,
             std::string data = {});
  void join_granted(const connect_request& request,
                    const connection_claims& claims);
  void end_wait();
  void finish();

  centrifuge_client& client_;
  std::unique_ptr<pending> pending_; // null: nothing is under way
  phase phase_ = phase::fresh;
};

} // namespace rookery
