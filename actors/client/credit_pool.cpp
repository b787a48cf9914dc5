#include "actors/client/credit_pool.hpp"

#include "actors/client/client_connection.hpp"

#include <algorithm>
#include <limits>

namespace rookery {

namespace {

/// The maximum number of turns at a time, so that the loop's other work is
/// done in between.
constexpr int turns_at_a_time = 16;

} // namespace

void credit_pool::queue(waiting_line::client& who) {
  line_.add(who);
  await();
}

credit credit_pool::lend(client_connection& to, std::size_t bytes) {
  const auto amount = static_cast<std::uint32_t>(
    std::min<std::size_t>(bytes, std::numeric_limits<std::uint32_t>::max()));
  to.account().spend(amount);
  commands_.fetch_add(1);
  bytes_.fetch_add(amount);
  return {*this, to.self_ptr(), amount};
}

void credit_pool::give_back(const caf::strong_actor_ptr& debtor,
                            std::uint32_t bytes) noexcept {
  commands_.fetch_sub(1);
  bytes_.fetch_sub(bytes);
  wake_if_awaited();
  client_connection::from(debtor).get_back(bytes);
}

void credit_pool::hand_out() {
  for (int i = 0; i < turns_at_a_time && !line_.is_empty() && has_room(); ++i)
    line_.serve();
  if (!line_.is_empty())
    await();
}

/// Asks for a wake-up as soon as there is room.
void credit_pool::await() {
  is_awaited_ = true;
  // The last credit may have come back just before.
  if (has_room())
    wake_if_awaited();
}

void credit_pool::wake_if_awaited() noexcept {
  if (is_awaited_.load() && is_awaited_.exchange(false))
    wake_();
}

} // namespace rookery
