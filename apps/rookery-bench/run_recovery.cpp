#include "apps/rookery-bench/run.hpp"

#include <algorithm>

namespace rookery::bench {

namespace {

constexpr std::uint64_t second = 1'000'000'000;
// The time without any delivery after which missing ones are given up.
constexpr std::uint64_t silence = 10 * second;

} // namespace

void run::cut_and_recover() {
  drain();
  for (auto* each : members_)
    fleet_.cut(*each);
  const auto& sums = ledger_.sums();
  const auto all =
    sums.sent + std::uint64_t{asked_.missed} * publishers_.size();
  // Publishers with connections of their own receive these publications.
  const auto is_heard = [this, &sums, before = sums] {
    return sums.received - before.received
           >= (sums.sent - before.sent) * asked_.publishers;
  };
  const auto go_on = [this](bool publishes) {
    if (publishes)
      publish_due(steady_now());
    turn(publishes ? static_cast<std::uint64_t>(next_due_)
                   : steady_now() + second);
  };
  next_due_ = static_cast<double>(steady_now());
  last_delivery_ = steady_now();
  while ((sums.sent < all || !is_heard())
         && steady_now() < last_delivery_ + silence)
    go_on(sums.sent < all);

  const auto redis = ask_redis();
  const auto start = mark();
  for (std::size_t i = 0; i < members_.size(); ++i)
    fleet_.reopen(*members_[i],
                  asked_.node_addresses[i % asked_.node_addresses.size()]);
  next_due_ = static_cast<double>(steady_now());
  last_delivery_ = steady_now();
  // Keep publishing while the members reconnect.
  while (fleet_.connecting() > 0 && steady_now() < last_delivery_ + silence)
    go_on(true);
  while (sums.received < sums.expected
         && steady_now() < last_delivery_ + silence)
    go_on(false);
  found_.recovering = since(start, mark());
  found_.redis_recovering = since(redis, ask_redis());
  found_.recovered_clients = static_cast<std::uint64_t>(
    std::ranges::count_if(members_, [](const auto* each) {
      return each->descriptor() >= 0 && each->ready;
    }));
}

} // namespace rookery::bench
