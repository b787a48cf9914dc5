#pragma once

#include "actors/centrifuge/centrifuge_replies.hpp"
#include "actors/centrifuge/client_channels.hpp"
#include "actors/channel/member.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rookery {

/// Returns the seconds until `expires_at` for a reply: at least one.
std::uint32_t ttl_of(std::chrono::sys_seconds expires_at,
                     std::chrono::sys_seconds now) noexcept;

/// Returns the publications as clients see them; views of the arguments.
std::vector<centrifuge_publication>
views_of(std::span<const publication_ptr> publications);

/// The reply to a client that was let into a channel. A view of the arguments.
class subscribe_answer {
public:
  subscribe_answer(const client_channel& channel, const member_entry& how,
                   std::chrono::sys_seconds now);

  const subscribe_result& result() const noexcept { return result_; }

private:
  std::vector<centrifuge_publication> publications_;
  subscribe_result result_;
};

/// A copy of a `member_entry`, held until the reply is sent.
class kept_entry {
public:
  kept_entry(std::string channel, const member_entry& how);

  const std::string& channel() const noexcept { return channel_; }

  /// Returns a view of the copy.
  member_entry how() const noexcept;

private:
  std::string channel_;
  std::optional<stream_position> position_;
  bool is_recovered_;
  std::vector<publication_ptr> missed_;
};

} // namespace rookery
