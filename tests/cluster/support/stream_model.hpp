#pragma once

#include "cluster/memory/stream_store.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace rookery::test {

/// The promises of `stream_store` in the simplest code: everything is a vector
/// that is searched from the front. Removes expired entries at once.
class stream_model {
public:
  using time_point = stream_store::time_point;

  stream_model(const stream_limits& limits, stream_store::epoch_source epoch)
    : limits_{limits}, new_epoch_{std::move(epoch)} {}

  void advance(time_point now) {
    now_ = now;
    while (!results_.empty() && results_.front().deadline <= now)
      results_.erase(results_.begin());
    std::erase_if(channels_, [now](const channel& each) {
      const std::chrono::seconds ttl =
        each.top.offset == 0 ? empty_position_ttl : position_ttl;
      return each.touched + ttl <= now;
    });
    for (auto& each : channels_)
      if (each.deadline <= now)
        each.kept.clear();
  }

  stored_publication publish(const publication_ptr& what,
                             const history_options& history,
                             const idempotency_key& key) {
    for (const auto& each : results_)
      if (each.is(what->channel(), key) && each.deadline > now_)
        return {each.position, true, nullptr};
    stored_publication result{{}, false, what};
    if (history.keeps()) {
      auto& in = touch(what->channel());
      result.position = {++in.top.offset, in.top.epoch};
      in.kept.push_back({in.top.offset, what});
      in.deadline = now_ + history.ttl;
      if (in.kept.size() > history.size)
        in.kept.erase(in.kept.begin(), in.kept.end() - history.size);
      shrink();
    }
    if (key.keeps())
      remember(what->channel(), key, result.position);
    return result;
  }

  /// The data alone.
  std::vector<std::string> read(std::string_view name,
                                const history_range& range,
                                stream_position& top) {
    auto& from = touch(name);
    top = from.top;
    auto all = from.kept;
    if (range.reverse)
      std::reverse(all.begin(), all.end());
    std::vector<std::string> result;
    for (const auto& each : all) {
      const auto is_wanted = !range.since
                             || (range.reverse ? each.offset < *range.since
                                               : each.offset > *range.since);
      if (is_wanted && result.size() < range.limit)
        result.emplace_back(each.what->data());
    }
    return result;
  }

  stream_position verify(std::string_view name, const stream_position& known,
                         std::string_view id) {
    auto& here = touch(name);
    if (known.epoch != here.top.epoch)
      return here.top;
    auto is_fine = known.offset <= here.top.offset;
    for (const auto& each : here.kept)
      if (each.offset == known.offset
          && each.what->fields().find(field_tag::id) != id)
        is_fine = false;
    if (!is_fine) {
      here.kept.clear();
      here.top = {0, new_epoch_()};
    }
    return here.top;
  }

  void remove(std::string_view name) {
    const auto is_known =
      std::any_of(channels_.begin(), channels_.end(),
                  [name](const channel& each) { return each.name == name; });
    if (is_known)
      touch(name).kept.clear();
  }

  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& each : channels_)
      for (const auto& item : each.kept)
        sum += item.cost(each.top.epoch);
    return sum;
  }

  std::size_t streams() const {
    return static_cast<std::size_t>(
      std::count_if(channels_.begin(), channels_.end(),
                    [](const channel& each) { return !each.kept.empty(); }));
  }

  std::size_t positions() const { return channels_.size(); }

  std::size_t results() const { return results_.size(); }

private:
  struct entry {
    std::uint64_t offset;
    publication_ptr what;

    std::size_t cost(std::string_view epoch) const {
      return what->cost() + 3 + sizeof offset + 3 + epoch.size();
    }
  };

  struct channel {
    std::string name;
    stream_position top;
    time_point touched;
    time_point deadline;
    std::vector<entry> kept;
  };

  struct result {
    std::string channel;
    std::string key;
    stream_position position;
    time_point deadline;

    bool is(std::string_view of, const idempotency_key& by) const {
      return by.keeps() && channel == of && key == by.text;
    }
  };

  /// Moves the channel to the end.
  channel& touch(std::string_view name) {
    auto found =
      std::find_if(channels_.begin(), channels_.end(),
                   [name](const channel& each) { return each.name == name; });
    if (found == channels_.end()) {
      if (channels_.size() == limits_.positions) {
        const auto empty = std::find_if(
          channels_.begin(), channels_.end(),
          [](const channel& each) { return each.top.offset == 0; });
        channels_.erase(empty == channels_.end() ? channels_.begin() : empty);
      }
      channels_.push_back({std::string{name}, {0, new_epoch_()}, {}, {}, {}});
    } else {
      std::rotate(found, found + 1, channels_.end());
    }
    channels_.back().touched = now_;
    return channels_.back();
  }

  void shrink() {
    while (bytes() > limits_.bytes) {
      const auto first =
        std::find_if(channels_.begin(), channels_.end(),
                     [](const channel& each) { return !each.kept.empty(); });
      first->kept.erase(first->kept.begin());
    }
  }

  void remember(std::string_view channel, const idempotency_key& key,
                const stream_position& position) {
    std::erase_if(results_,
                  [&](const result& each) { return each.is(channel, key); });
    results_.push_back(
      {std::string{channel}, std::string{key.text}, position, now_ + key.ttl});
    if (results_.size() > limits_.results)
      results_.erase(results_.begin());
  }

  stream_limits limits_;
  stream_store::epoch_source new_epoch_;
  time_point now_;
  std::vector<channel> channels_; // least recently touched first
  std::vector<result> results_;   // oldest first
};

} // namespace rookery::test
