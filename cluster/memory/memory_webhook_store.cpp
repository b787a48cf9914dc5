#include "cluster/memory/memory_webhook_store.hpp"

#include "configs/log.hpp"

#include <chrono>
#include <utility>

namespace rookery {

namespace {

std::uint64_t milliseconds_now() {
  using namespace std::chrono;
  return static_cast<std::uint64_t>(
    duration_cast<milliseconds>(system_clock::now().time_since_epoch())
      .count());
}

} // namespace

void memory_webhook_store::add(std::string_view id, std::string text) {
  const auto entry = std::to_string(++last_);
  bytes_ += text.size();
  events_.push_back({entry,
                     id.empty() ? origin_ + "-" + entry : std::string{id},
                     milliseconds_now(), std::move(text)});
  while (events_.size() > limits_.events || bytes_ > limits_.bytes) {
    bytes_ -= events_.front().text.size();
    events_.pop_front();
    if (lost_++ == 0)
      log::warn("events are lost, too many wait for the backend");
  }
}

void memory_webhook_store::fetch(fetch_handler then) {
  fetched result{turn::ours, {{}, lost_ - told_, lost_}};
  std::size_t bytes = 0;
  for (const auto& event : events_) {
    bytes += event.text.size();
    auto& batch = result.batch.events;
    if (batch.size() == max_batch_webhooks
        || (!batch.empty() && bytes > max_batch_bytes))
      break;
    batch.push_back(event);
  }
  then(std::move(result));
}

void memory_webhook_store::settle(const webhook_batch& batch,
                                  settle_handler then) {
  told_ = batch.all_lost;
  // Skip events that were dropped meanwhile.
  for (const auto& event : batch.events)
    if (!events_.empty() && events_.front().entry == event.entry) {
      bytes_ -= events_.front().text.size();
      events_.pop_front();
    }
  then(turn::ours);
}

} // namespace rookery
