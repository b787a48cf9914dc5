#include "apps/rookery-bench/ledger.hpp"

namespace rookery::bench {

ledger::ledger(const shape& shape, std::uint32_t run)
  : shape_{shape},
    run_{run},
    publishers_(std::size_t{shape.channels} * shape.publishers),
    holders_(publishers_.size() * shape.window),
    trackers_(publishers_.size() * shape.members) {}

stamp ledger::sent(std::uint32_t publisher, std::uint64_t time) {
  auto& its = publishers_[publisher];
  const stamp result{
    .run = run_, .publisher = publisher, .sequence = its.sent, .time = time};
  if (shape_.window > 0)
    holders_[publisher * shape_.window + its.sent % shape_.window] = 0;
  ++its.sent;
  ++totals_.sent;
  totals_.expected += shape_.members;
  return result;
}

std::uint32_t ledger::received(std::uint32_t member, std::string_view payload,
                               std::uint64_t now, bool timed) {
  const auto mark = stamp::read(payload);
  // Skip messages of the server's own and leftovers of an earlier run.
  if (!mark || mark->run != run_)
    return nobody;
  const auto channel = member / shape_.members;
  if (mark->publisher >= publishers_.size()
      || mark->publisher / shape_.publishers != channel
      || mark->sequence >= publishers_[mark->publisher].sent) {
    ++totals_.foreign;
    return nobody;
  }
  const auto tracker = std::size_t{member} * shape_.publishers
                       + mark->publisher % shape_.publishers;
  using arrival = sequence_tracker::arrival;
  const auto kind = trackers_[tracker].see(mark->sequence);
  if (kind == arrival::duplicate) {
    ++totals_.duplicated;
    return nobody;
  }
  if (kind == arrival::late)
    ++totals_.out_of_order;
  ++totals_.received;
  if (timed && mark->time >= measured_from_)
    latency_.record(now > mark->time ? now - mark->time : 0);
  return complete(mark->publisher, mark->sequence) ? mark->publisher : nobody;
}

bool ledger::complete(std::uint32_t publisher, std::uint32_t sequence) {
  auto& its = publishers_[publisher];
  if (shape_.window == 0 || sequence < its.done)
    return false;
  const auto ring =
    holders_.begin() + std::ptrdiff_t{publisher} * shape_.window;
  ++ring[sequence % shape_.window];
  const auto before = its.done;
  while (its.done < its.sent
         && ring[its.done % shape_.window] == shape_.members)
    ++its.done;
  return its.done != before;
}

void ledger::forget_in_flight() {
  for (auto& its : publishers_)
    its.done = its.sent;
}

void ledger::start_measuring(std::uint64_t now) {
  measured_from_ = now;
  latency_.clear();
}

} // namespace rookery::bench
