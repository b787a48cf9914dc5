#include "cluster/bus/bus_ledger.hpp"

#include <algorithm>
#include <functional>

namespace rookery {

namespace {

std::uint64_t hash_of(std::string_view channel) noexcept {
  return std::hash<std::string_view>{}(channel);
}

} // namespace

bus_ledger::entry& bus_ledger::add() {
  // Allocate all entries at once, so that no publication pays for growth. The
  // kernel provides the pages when they are used.
  if (!entries_)
    entries_.reset(new entry[capacity]);
  return entries_[last_++ % capacity];
}

std::uint64_t bus_ledger::sent(std::string_view channel, std::size_t bytes,
                               time_point now) {
  add() = {hash_of(channel),
           now,
           0,
           static_cast<std::uint32_t>(bytes),
           0,
           0,
           publish_verdict::unknown,
           publish_problem::none,
           true};
  return last_;
}

void bus_ledger::answered(std::uint64_t number, publish_verdict verdict,
                          publish_problem problem, std::uint64_t offset) {
  if (number == 0 || number + capacity <= last_)
    return;
  auto& found = entries_[(number - 1) % capacity];
  found.verdict = verdict;
  found.problem = problem;
  found.offset = offset;
}

void bus_ledger::received(std::string_view channel, std::uint64_t offset,
                          std::size_t bytes, fan_out_result to,
                          time_point now) {
  add() = {hash_of(channel),
           now,
           offset,
           static_cast<std::uint32_t>(bytes),
           to.loops,
           to.dropped,
           publish_verdict::accepted,
           publish_problem::none,
           false};
}

bus_ledger_page bus_ledger::list(const bus_ledger_query& query) const {
  bus_ledger_page result;
  const auto channel = hash_of(query.channel);
  const auto offset = std::chrono::system_clock::now().time_since_epoch()
                      - std::chrono::steady_clock::now().time_since_epoch();
  const auto kept = std::min<std::uint64_t>(last_, capacity);
  for (auto number = last_ - kept; number < last_; ++number) {
    const auto& each = entries_[number % capacity];
    if (each.channel != channel)
      continue;
    const moment at{std::chrono::floor<std::chrono::milliseconds>(
      each.at.time_since_epoch() + offset)};
    (each.is_sent ? result.published : result.received)
      .push_back({at, each.offset, each.bytes, each.verdict, each.problem,
                  each.loops, each.dropped});
  }
  return result;
}

} // namespace rookery
