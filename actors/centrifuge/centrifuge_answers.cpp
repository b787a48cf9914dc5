#include "actors/centrifuge/centrifuge_answers.hpp"

#include "actors/centrifuge/centrifuge_pushes.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

std::uint32_t ttl_of(std::chrono::sys_seconds expires_at,
                     std::chrono::sys_seconds now) noexcept {
  constexpr std::int64_t max = 0xffff'ffff;
  return static_cast<std::uint32_t>(
    std::clamp<std::int64_t>((expires_at - now).count(), 1, max));
}

std::vector<centrifuge_publication>
views_of(std::span<const publication_ptr> publications) {
  std::vector<centrifuge_publication> result;
  result.reserve(publications.size());
  for (const auto& each : publications)
    result.push_back(view_of(*each));
  return result;
}

subscribe_answer::subscribe_answer(const client_channel& channel,
                                   const member_entry& how,
                                   std::chrono::sys_seconds now) {
  result_.data = channel.data;
  if (channel.expires_at && !channel.is_guarded) {
    result_.expires = true;
    result_.ttl = ttl_of(*channel.expires_at, now);
  }
  if (!channel.is_positioned || !how.position)
    return;
  result_.positioned = true;
  result_.recoverable = channel.is_recoverable;
  result_.epoch = how.position->epoch;
  result_.offset = how.position->offset;
  result_.was_recovering = channel.recovers;
  if (!channel.recovers || !how.is_recovered)
    return;
  // The client counts on from there, by the publications in the reply and
  // those that follow it.
  result_.recovered = true;
  publications_ = views_of(how.missed);
  result_.publications = publications_;
}

kept_entry::kept_entry(std::string channel, const member_entry& how)
  : channel_{std::move(channel)},
    is_recovered_{how.is_recovered},
    missed_{how.missed.begin(), how.missed.end()} {
  if (how.position)
    position_ = *how.position;
}

member_entry kept_entry::how() const noexcept {
  return {position_ ? &*position_ : nullptr, is_recovered_, missed_};
}

} // namespace rookery
