#pragma once

#include "actors/message/credit.hpp"
#include "actors/record/snapshot.hpp"
#include "actors/text/string_map.hpp"

#include <caf/actor_control_block.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rookery {

/// The actor that has asked for a page, with the ticket and the credit of its
/// query.
struct page_asker {
  caf::strong_actor_ptr actor;
  std::uint64_t ticket = 0;
  credit spent = {};
};

// Copies would have no credit.
static_assert(std::is_nothrow_move_constructible_v<page_asker>);

/// The reads of pages of histories and presence from Redis. Each may bring
/// megabytes, so that only a few are under way; the others wait, and one of
/// each asker in turn is next. Equal reads that wait become one. A read whose
/// askers have ended is dropped. For the bridge's thread.
class page_reads {
public:
  using askers = std::vector<page_asker>;

  /// Begins a read for these askers, and calls `done` once at its end.
  using starter = std::function<void(askers, std::function<void()> done)>;

  /// `limit` is the maximum number of reads under way.
  explicit page_reads(std::size_t limit) : limit_{limit} {}

  page_reads(const page_reads&) = delete;
  page_reads& operator=(const page_reads&) = delete;

  /// Returns the askers of a read for one actor.
  static askers one(page_asker asker) {
    askers result;
    result.push_back(std::move(asker));
    return result;
  }

  /// Begins the read, now or later. Reads with the same `key` are equal.
  void add(std::string key, page_asker asker, starter start);

  /// Adds the counters to the bridge's snapshot.
  void describe(snapshot& out) const;

private:
  struct read {
    std::string key;
    askers wanted_by;
    starter start;
  };

  using read_ptr = std::shared_ptr<read>;

  void start_some();
  read_ptr take_next();

  std::size_t limit_;
  std::size_t under_way_ = 0;
  bool is_starting_ = false;
  string_map<read_ptr> waiting_;
  /// The waiting reads of each actor, by its id.
  std::unordered_map<std::uint64_t, std::deque<read_ptr>> by_asker_;
  /// The actors with waiting reads; the first is next.
  std::deque<std::uint64_t> turns_;
};

} // namespace rookery
