#pragma once

#include "actors/centrifuge/centrifuge_replies.hpp"
#include "actors/centrifuge/centrifuge_subscriptions.hpp"
#include "actors/channel/member.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rookery {

/// Seconds until `expires_at`, as clients are told: at least one.
std::uint32_t ttl_of(std::chrono::sys_seconds expires_at,
                     std::chrono::sys_seconds now) noexcept;

/// Publications as clients see them; views.
std::vector<centrifuge_publication>
views_of(std::span<const publication_ptr> publications);

/// The answer to whoever was let into a channel, with what it points to. A view
/// on the arguments.
class subscribe_answer {
public:
  subscribe_answer(const client_channel& channel, const admission& how,
                   std::chrono::sys_seconds now);

  const subscribe_result& result() const noexcept { return result_; }

private:
  std::vector<centrifuge_publication> publications_;
  subscribe_result result_;
};

/// How a client was let into a channel, kept until it can be told.
class kept_admission {
public:
  kept_admission(std::string channel, const admission& how);

  const std::string& channel() const noexcept { return channel_; }

  /// A view.
  admission how() const noexcept;

private:
  std::string channel_;
  std::optional<stream_position> position_;
  bool is_recovered_;
  std::vector<publication_ptr> missed_;
};

} // namespace rookery
