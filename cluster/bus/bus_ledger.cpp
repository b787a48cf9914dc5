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
           0,
           publish_verdict::unknown,
           publish_problem::none,
           true};
  return last_;
}

void bus_ledger::answered(std::uint64_t number, publish_verdict verdict,
                          publish_problem problem, std::uint64_t offset,
                          std::string_view error) {
  if (number == 0 || number + capacity <= last_)
    return;
  auto& found = entries_[(number - 1) % capacity];
  found.verdict = verdict;
  found.problem = problem;
  found.offset = offset;
  found.error = number_of(error);
}

/// Texts are few and often the same: an entry stores a number only.
std::uint32_t bus_ledger::number_of(std::string_view text) {
  if (text.empty())
    return 0;
  const auto known = std::ranges::find(texts_, text);
  if (known != texts_.end()) {
    const auto place = static_cast<std::uint32_t>(known - texts_.begin());
    return last_text_ - (last_text_ - 1 - place) % max_texts;
  }
  if (texts_.size() < max_texts)
    texts_.emplace_back(text);
  else
    texts_[last_text_ % max_texts] = text;
  return ++last_text_;
}

std::string bus_ledger::text_of(std::uint32_t number) const {
  return number == 0 || number + max_texts <= last_text_
           ? std::string{}
           : texts_[(number - 1) % max_texts];
}

void bus_ledger::received(std::string_view channel, std::uint64_t offset,
                          std::size_t bytes, fan_out_result to,
                          time_point now) {
  add() = {hash_of(channel),
           now,
           offset,
           static_cast<std::uint32_t>(bytes),
           0,
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
                  text_of(each.error), each.loops, each.dropped});
  }
  return result;
}

} // namespace rookery
