#pragma once

#include "actors/centrifuge/centrifuge_commands.hpp"
#include "actors/client/client_identity.hpp"
#include "actors/client/subscription_grant.hpp"
#include "actors/message/leave_cause.hpp"
#include "actors/message/subscription.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

class centrifuge_client;

/// The options that a client asks for with a subscription. Its token and the
/// channel's namespace decide about them.
struct subscribe_options {
  bool recoverable = false;
  bool positioned = false;
  bool join_leave = false;
  /// The position from which to recover; null: only new publications.
  std::unique_ptr<const stream_position> from = nullptr;
  /// Fail the subscribe if recovery is impossible.
  bool only_recovered = false;
};

/// Returns the options that a subscribe command asks for.
subscribe_options options_of(const subscribe_request& request);

/// One channel of one client: its subscription, confirmed or not yet.
struct client_channel {
  client_channel(std::string_view name, subscription_grant grant,
                 const subscribe_options& asked);

  std::string name;
  std::string info; ///< JSON; empty: none
  std::string data; ///< JSON for the client, once; empty: none
  std::optional<std::chrono::sys_seconds> expires_at; ///< none: never
  subscription_ptr place;
  /// The id of the subscribe command that waits for its answer.
  std::uint32_t command = 0;
  bool is_server_side = false;
  bool is_by_claim = false; ///< the claims of the connection grant it
  bool is_reserved = false; ///< the backend is asked about it
  bool is_guarded = false; ///< the backend decides when it ends, not the client
  bool is_in = false;      ///< the channel has let the client in
  bool is_present = false; ///< has entered the presence
  bool is_recoverable = false;
  bool is_positioned = false;
  bool recovers = false;
  bool only_recovered = false;
  bool keeps_presence = false;
  bool announces_presence = false; ///< its join and leave go to others
  bool gets_presence = false;      ///< it gets the joins and leaves of others

  /// Returns true if it expired more than `delay` ago; a backend's word needs
  /// no delay.
  bool is_over(std::chrono::sys_seconds now,
               std::chrono::seconds delay) const noexcept;
};

/// The channels of one client: enters and leaves them and their presence. Loop
/// thread only.
class client_channels {
public:
  /// `client` must outlive this.
  explicit client_channels(centrifuge_client& client) : client_{client} {}

  /// Returns null if the client does not have that channel.
  client_channel* find(std::string_view name) const noexcept;

  /// Returns the channel with that place; null after it was removed.
  client_channel* of(const subscription& place) const noexcept;

  /// Joins the channel. `subscribed` may be called before this returns.
  void add(std::unique_ptr<client_channel> what,
           std::unique_ptr<const stream_position> from);

  /// Reserves a channel, without joining it yet.
  void reserve(std::unique_ptr<client_channel> what);

  /// Notes that the channel has let the client in at `place`.
  void confirm(client_channel& which, subscription& place);

  /// Enters the presence of a channel that keeps it, or updates the info there.
  void enter(client_channel& which);

  /// Leaves the channel and its presence.
  void remove(client_channel& which, leave_cause why = {});

  /// Asks the channels for the publications that the client lacks in those
  /// where it is behind. Call it when the client has room again.
  void resume();

  /// Removes all channels.
  void clear(leave_cause why);

  /// Returns true if the claims of the connection granted a channel that
  /// `claims` do not.
  bool has_lost(const connection_claims& claims) const noexcept;

  /// Returns true if all channels have let the client in.
  bool are_all_in() const noexcept { return waiting_ == 0; }

  /// Counts a gap that is not reported: the protocol does so only for clients
  /// that ask for a position in a history.
  void count_unreported_gap() noexcept { ++unreported_gaps_; }

  std::uint32_t unreported_gaps() const noexcept { return unreported_gaps_; }

  std::size_t size() const noexcept { return channels_.size(); }

  /// Returns the channels in no order; every other call may change them.
  const std::vector<std::unique_ptr<client_channel>>& all() const noexcept {
    return channels_;
  }

private:
  void leave(client_channel& which, leave_cause why);

  centrifuge_client& client_;
  std::vector<std::unique_ptr<client_channel>> channels_;
  std::uint32_t waiting_ = 0;
  std::uint32_t unreported_gaps_ = 0;
};

} // namespace rookery
