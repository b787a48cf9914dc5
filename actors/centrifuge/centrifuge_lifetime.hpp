#pragma once

#include "actors/backend_hooks.hpp"
#include "actors/centrifuge/centrifuge_commands.hpp"
#include "actors/centrifuge/centrifuge_replies.hpp"
#include "actors/inbox.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace rookery {

class centrifuge_client;

/// The time limits of a client of the Centrifuge protocol: for its connect
/// command, of its token or its backend's grant, and the pings. Loop thread
/// only.
class centrifuge_lifetime {
public:
  /// `frame_pings` if the client wants WebSocket pings instead of the
  /// protocol's own.
  centrifuge_lifetime(std::chrono::sys_seconds now, bool frame_pings)
    : begun_{now}, frame_pings_{frame_pings} {}

  /// Sets when the connection ends unless it is refreshed; nullopt: never.
  void expire_at(std::optional<std::chrono::sys_seconds> time) noexcept {
    expires_at_ = time;
  }

  /// Sets whether a backend prolongs the connection instead of the client.
  void set_guarded(bool is_guarded) noexcept { is_guarded_ = is_guarded; }

  /// Ends a client that has not sent its connect command in time.
  void end_if_stale(centrifuge_client& client) const;

  /// Ends a client that has expired. Returns true if it did. First asks a
  /// backend that may prolong it.
  bool end_if_expired(centrifuge_client& client);

  /// Carries out a refresh command.
  void refresh(centrifuge_client& client, std::uint32_t id,
               const refresh_request& request);

  /// Sets the expiry and the ping interval in `result`.
  void fill(connect_result& result, const centrifuge_client& client) const;

  /// Sends a ping if the client gets the protocol's own. Returns the side that
  /// pings.
  pinger ping(centrifuge_client& client);

  /// Handles the answer to a ping. Returns false if no ping waits for one.
  [[nodiscard]] bool take_pong() noexcept;

  bool uses_frame_pings() const noexcept { return frame_pings_; }

  /// Returns the round trip of the last answered ping of the protocol's own;
  /// zero before the first.
  std::chrono::microseconds round_trip() const noexcept {
    return std::chrono::microseconds{round_trip_};
  }

private:
  void ask_if_due(centrifuge_client& client, std::chrono::sys_seconds now);
  void end_refresh(centrifuge_client& client,
                   hook_answer<refresh_grant> answer);
  std::chrono::seconds grace(const centrifuge_client& client) const noexcept;

  std::optional<std::chrono::sys_seconds> expires_at_; // none: never
  std::chrono::sys_seconds begun_;
  std::uint32_t pinged_at_ = 0;  // microseconds, the lower half
  std::uint32_t round_trip_ = 0; // microseconds
  bool frame_pings_;
  /// Pings without an answer: more than one if the client's input is held.
  std::uint8_t pings_ = 0;
  bool is_guarded_ = false;
  bool is_asking_ = false; // a backend was asked whether to prolong it
};

} // namespace rookery
