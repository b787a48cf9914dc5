#include "actors/resident.hpp"

#include "actors/loop.hpp"

#include <chrono>

namespace rookery {

namespace {

std::uint32_t now_in_seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(
    std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

} // namespace

resident::resident(loop* home, std::uint64_t id)
  : home_{home}, id_{id}, born_{now_in_seconds()} {
  if (home_)
    home_->residents().insert(*this);
}

resident::~resident() {
  leave_home();
}

snapshot resident::inspect() const {
  snapshot result;
  result.kind = kind();
  result.id = id_;
  result.loop = home_ ? home_->index() : 0;
  result.age = std::chrono::seconds{now_in_seconds() - born_};
  result.handled = handled_;
  describe(result);
  return result;
}

bool resident::matches(const listing_query& query) const {
  return (query.kind.empty() || query.kind == kind())
         && (!query.is_slow || measure(listing_order::bytes) > 0)
         && is_chosen(query);
}

std::uint64_t resident::measure(listing_order order) const {
  return order == listing_order::handled ? handled_ : 0;
}

bool resident::is_chosen(const listing_query& query) const {
  return query.user.empty() && query.channel.empty() && query.protocol.empty()
         && query.prefix.empty() && query.names.empty() && !query.has_gaps;
}

void resident::leave_home() noexcept {
  if (is_linked())
    home_->residents().erase(*this);
}

} // namespace rookery
