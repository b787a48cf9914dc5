#pragma once

#include "actors/message/publication.hpp"
#include "cluster/admin/query_nodes.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rookery {

/// The subject of a watch: a channel, a user or a connection.
struct watch_subject {
  std::string channel;
  std::string user;
  std::uint64_t connection = 0;
  std::string node; ///< the connection's node
};

/// The events of a watch that were not sent yet: the events of all nodes, each
/// once, and the publications that this node received. Bounded; further events
/// are only counted.
class watch_log {
public:
  /// The maximum number of events in one message.
  static constexpr std::size_t max_events = 50;

  /// The maximum number of bytes of a publication that are shown.
  static constexpr std::size_t excerpt = 200;

  explicit watch_log(watch_subject what) : what_{std::move(what)} {}

  /// Returns the next query for the nodes.
  operator_query next() const;

  /// Adds the new events in the answers to that query. Events older than the
  /// first answers are not new.
  void take(const query_answers& answers);

  void take(const publication& what, std::chrono::milliseconds now);

  bool empty() const noexcept { return events_.empty() && skipped_ == 0; }

  /// Returns `{"topic":"watch","events":[…],"skipped":…}` and removes these
  /// events.
  admin_json tell();

private:
  void add(admin_json event);

  watch_subject what_;
  /// The number of the last event known of each loop, by node id.
  std::map<std::string, std::vector<std::uint64_t>> known_;
  std::string self_; ///< id of this node, once it is known
  admin_json events_ = admin_json::array();
  std::size_t skipped_ = 0;
};

} // namespace rookery
