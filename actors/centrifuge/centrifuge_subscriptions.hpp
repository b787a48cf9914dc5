#pragma once

#include "actors/centrifuge/centrifuge_commands.hpp"
#include "actors/centrifuge/centrifuge_tokens.hpp"
#include "actors/message/subscription.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

class member;
struct loop_services;

/// What a client wishes of a subscription beside its token.
struct subscription_wishes {
  bool recoverable = false;
  bool positioned = false;
  bool join_leave = false;
  /// Where it wants to go on; null: from now on.
  std::unique_ptr<const stream_position> from = nullptr;
  /// It does without the subscription when it cannot go on there.
  bool only_recovered = false;
};

/// One channel of one client.
struct client_channel {
  client_channel(std::string_view name, subscription_grant grant,
                 const subscription_wishes& wishes);

  std::string name;
  std::string info; ///< JSON; empty: none
  std::string data; ///< JSON for the client, once; empty: none
  std::optional<std::chrono::sys_seconds> expires_at; ///< none: never
  subscription_ptr place;
  /// Where the client wanted to go on, if it `recovers`.
  std::uint64_t recovery_offset = 0;
  /// Of the subscribe command that waits for its answer.
  std::uint32_t command = 0;
  bool is_server_side = false;
  bool is_reserved = false; ///< the backend is asked about it
  bool is_guarded = false;  ///< the backend says when it ends, not the client
  bool is_in = false;       ///< the channel has let us in
  bool is_present = false;  ///< has entered the presence
  bool is_overdue = false;  ///< has waited for a while to be let in
  bool is_recoverable = false;
  bool is_positioned = false;
  bool recovers = false;
  bool only_recovered = false;
  bool keeps_presence = false;
  bool tells_presence = false; ///< others are told of its joining and leaving
  bool hears_presence = false; ///< it is told of that of others

  /// Whether it has expired, and whoever could prolong it has had the time.
  bool is_over(std::chrono::sys_seconds now) const noexcept;
};

/// What a client wishes with its command.
subscription_wishes wishes_of(const subscribe_request& request);

/// The channels of one client: enters and leaves them and their presence. Loop
/// thread only.
class centrifuge_subscriptions {
public:
  /// All must outlive this.
  centrifuge_subscriptions(loop_services& services,
                           const centrifuge_identity& who, member& self)
    : services_{services}, who_{who}, self_{self} {}

  /// Null if the client does not have that channel.
  client_channel* find(std::string_view name) noexcept;

  /// Whose place that is; null once it was removed.
  client_channel* of(const subscription& place) noexcept;

  /// Joins the channel; the member may be told so before this returns.
  void add(std::unique_ptr<client_channel> what,
           std::unique_ptr<const stream_position> from);

  /// Keeps the place of a channel, without joining it yet.
  void reserve(std::unique_ptr<client_channel> what);

  /// Notes that the channel has let us in at `place`.
  void confirm(client_channel& which, subscription& place);

  /// Enters the presence of a channel that keeps it, or tells it a new info.
  void enter(client_channel& which);

  /// Leaves the channel and its presence.
  void remove(client_channel& which, leave_cause why = {});

  /// Removes all.
  void clear(leave_cause why);

  /// Whether no channel has still to let us in.
  bool are_all_in() const noexcept { return waiting_ == 0; }

  std::size_t size() const noexcept { return channels_.size(); }

  /// In no order; may be changed by every other call.
  const std::vector<std::unique_ptr<client_channel>>& all() const noexcept {
    return channels_;
  }

private:
  void leave(client_channel& which, leave_cause why);

  loop_services& services_;
  const centrifuge_identity& who_;
  member& self_;
  std::vector<std::unique_ptr<client_channel>> channels_;
  std::size_t waiting_ = 0;
};

} // namespace rookery
