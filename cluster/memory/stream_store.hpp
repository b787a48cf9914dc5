#pragma once

#include "actors/message/history.hpp"
#include "actors/message/publication_run.hpp"
#include "actors/text/string_map.hpp"
#include "cluster/memory/publish_results.hpp"

#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace rookery {

/// The result of a publish.
struct stored_publication {
  /// The position of the publication; empty in a channel without history.
  stream_position position;
  /// True if the idempotency key was known: this is the first result, and
  /// nothing was published.
  bool was_repeated = false;
  /// The publication for the subscribers. If the channel has history, its
  /// position is put before the caller's fields. Null if `was_repeated`.
  publication_ptr what;
};

/// Bounds of a `stream_store`.
struct stream_limits {
  /// Maximum bytes of all kept publications. Above it, the least recently used
  /// stream loses its oldest publications, as if they were trimmed.
  std::size_t bytes = 0;
  /// Maximum channels with a position, at least 1. Above it, the least recently
  /// used position to which nothing was published is lost, or if there is none
  /// another one with its stream: its channel gets a new epoch later.
  std::size_t positions = 1;
  /// Maximum results of publishes with an idempotency key. Above it, the oldest
  /// is lost.
  std::size_t results = 0;
  /// Time that a position is kept after its last use.
  std::chrono::milliseconds position_ttl = rookery::position_ttl;
};

/// The histories of the channels of one in-process bus;
/// actors/message/history.hpp explains histories. Each call is one step, and
/// its result is of one moment. Expired data is never used, even while it is
/// still in memory. `now` must never go back. For one thread.
class stream_store {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Returns the name of a new epoch: never empty, never the same twice.
  using epoch_source = std::function<std::string()>;

  /// Returns true if the channel has subscribers. Its position does not end
  /// while nothing was published to it.
  using use_check = std::function<bool(std::string_view channel)>;

  /// Bytes of the fields that `publish` adds, with an epoch of 8 characters.
  static constexpr std::size_t added_fields = 22;

  stream_store(const stream_limits& limits, epoch_source new_epoch,
               use_check is_used = {});

  /// Publishes unless `key` is known. If the channel has history, gives `what`
  /// the next offset, stores it, trims the stream to `history.size` and renews
  /// its ttl. The fields of `what` must leave `added_fields` bytes free of the
  /// limit on fields. O(1) amortised.
  stored_publication publish(const publication_ptr& what,
                             const history_options& history,
                             const idempotency_key& key, time_point now);

  /// Reads a page, and creates the position if there is none. If the
  /// publications after `since` were trimmed, the page begins at the oldest one
  /// kept. O(page).
  history_page read(std::string_view channel, const history_range& range,
                    time_point now);

  /// Checks that `known`, a publication with that `id`, is still part of the
  /// history. Returns the top, which has another epoch than `known` if it is
  /// not. If the history has moved back, a new epoch begins.
  stream_position verify(std::string_view channel, const stream_position& known,
                         std::string_view id, time_point now);

  /// Notes that the channel is about to lose its last subscriber.
  void release(std::string_view channel, time_point now);

  /// Deletes the publications of a channel and keeps its position.
  void remove(std::string_view channel, time_point now);

  /// Drops up to `max` expired publications, positions and results. Returns
  /// true if more may be left: call it again soon.
  bool expire(time_point now, std::size_t max);

  std::size_t bytes() const noexcept { return bytes_; }

  /// Number of channels with publications.
  std::size_t streams() const noexcept { return by_deadline_.size(); }

  std::size_t positions() const noexcept { return records_.size(); }

  std::size_t results() const noexcept { return results_.size(); }

private:
  struct by_touch;
  struct by_use;
  template <class Order>
  using hook = boost::intrusive::list_base_hook<
    boost::intrusive::tag<Order>,
    boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

  struct record : hook<by_touch>, hook<by_use> {
    std::string_view channel; // the key in the map
    stream_position top;
    time_point touched;
    publication_run kept;
    time_point deadline; // of the kept publications
    time_point indexed;  // not after the deadline
  };

  /// Records with the least recent first.
  template <class Order>
  using record_list =
    boost::intrusive::list<record, boost::intrusive::base_hook<hook<Order>>,
                           boost::intrusive::constant_time_size<false>>;

  bool is_due(const record& which, time_point now) const noexcept;
  bool has_ended(const record& which, time_point now) const;
  record* find(std::string_view channel, time_point now);
  record& touch(std::string_view channel, time_point now);
  record& make(std::string_view channel);
  bool expire_oldest(time_point now);
  void renew(record& which, time_point now);
  void list(record& which);
  void begin_epoch(record& which);
  void keep(record& in, const publication_ptr& what,
            const history_options& history, time_point now);
  void index(record& which);
  void drop_oldest(record& of);
  void leave_indexes(record& which);
  void forget(record& which);
  void lose(record& which);
  bool expire_one(time_point now);

  stream_limits limits_;
  epoch_source new_epoch_;
  use_check is_used_;
  publish_results results_;
  std::size_t bytes_ = 0;
  // All records, those to which something was published apart.
  record_list<by_touch> by_touch_;
  record_list<by_touch> empty_;
  record_list<by_use> by_use_; // with publications
  /// Records with publications, by `indexed`. This may be before the deadline,
  /// as a publish changes the deadline only.
  std::set<std::pair<time_point, record*>> by_deadline_;
  string_map<record> records_; // destroyed before the lists
};

} // namespace rookery
