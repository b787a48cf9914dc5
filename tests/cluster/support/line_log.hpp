#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace rookery::test {

/// Lines recorded on one thread and awaited on another.
class line_log {
public:
  void add(std::string event) {
    std::lock_guard guard{mutex_};
    events_.push_back(std::move(event));
    changed_.notify_all();
  }

  std::vector<std::string> events() const {
    std::lock_guard guard{mutex_};
    return events_;
  }

  /// Returns false at the deadline.
  bool await(const std::function<bool(const std::vector<std::string>&)>& what,
             std::chrono::seconds deadline = std::chrono::seconds{20}) {
    std::unique_lock guard{mutex_};
    return changed_.wait_for(guard, deadline, [&] { return what(events_); });
  }

  bool await(const std::string& event) {
    return await([&](const auto& events) {
      return std::find(events.begin(), events.end(), event) != events.end();
    });
  }

  bool await_size(std::size_t size) {
    return await([size](const auto& events) { return events.size() >= size; });
  }

private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> events_;
};

} // namespace rookery::test
