#pragma once

#include "actors/backend_hooks.hpp"
#include "actors/centrifuge/centrifuge_codes.hpp"
#include "actors/centrifuge/centrifuge_commands.hpp"
#include "actors/centrifuge/centrifuge_refusal.hpp"
#include "actors/centrifuge/centrifuge_tokens.hpp"
#include "actors/centrifuge/client_channels.hpp"
#include "actors/channel/member.hpp"
#include "actors/message/client_command.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace rookery {

class centrifuge_client;

/// The commands about a client's subscriptions, from the client and from
/// backends: makes, prolongs and ends subscriptions and sends the replies and
/// pushes about them. Loop thread only.
class centrifuge_subscriptions {
public:
  /// `client` must outlive this.
  explicit centrifuge_subscriptions(centrifuge_client& client)
    : client_{client} {}

  // Commands of the client.
  void carry_out(std::uint32_t id, const subscribe_request& request);
  void carry_out(std::uint32_t id, const sub_refresh_request& request);

  /// Ends the subscription to the channel, if there is one. Returns true if it
  /// was a server-side one that was not confirmed yet.
  bool unsubscribe(std::string_view channel);

  // Commands of a backend.
  void carry_out(const subscribe_action& action);
  void carry_out(const unsubscribe_action& action);

  /// Replies to the subscribe command of a channel that was confirmed, or sends
  /// the push of a subscription that a backend has made.
  void confirmed(client_channel& which, const member_entry& how);

  /// Reports a gap in the channel.
  void missed(client_channel& which);

  /// Ends expired subscriptions.
  void end_expired();

  /// Fails the subscribe command of a channel that was not confirmed in time,
  /// with an error after which SDKs try again.
  void end_overdue(client_channel& which);

private:
  std::optional<centrifuge_refusal>
  check(const subscribe_request& request) const noexcept;
  claims_or_refusal<subscription_grant>
  judge(const subscribe_request& request) const;
  void ask(std::uint32_t id, const subscribe_request& request);
  void take(std::uint32_t id, std::string_view name, subscribe_options& asked,
            hook_answer<subscribe_grant> answer);
  void answer(client_channel& which, const member_entry& how);
  void announce(client_channel& which, const member_entry& how);
  bool give_up(client_channel& which);
  void end(client_channel& which, centrifuge_unsubscribe code);

  centrifuge_client& client_;
};

} // namespace rookery
