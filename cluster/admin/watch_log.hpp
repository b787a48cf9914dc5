#pragma once

#include "actors/message/publication.hpp"
#include "cluster/admin/admin_inquiry.hpp"

#include <cstddef>
#include <string>

namespace rookery {

/// What one watch looks at.
struct watch_subject {
  std::string channel;
  std::string user;
  std::uint64_t connection = 0;
  std::string node; ///< of the connection
};

/// What happened to the subject of a watch, collected until it is told: events
/// of all nodes, each once, and the publications that came here. Bounded: what
/// is too much is counted.
class watch_log {
public:
  /// Events told at once.
  static constexpr std::size_t most = 50;

  /// Bytes of a publication that are shown.
  static constexpr std::size_t excerpt = 200;

  explicit watch_log(watch_subject what) : what_{std::move(what)} {}

  /// What nodes have to be asked next.
  admin_inquiry next() const;

  /// Takes what they said to it. What they had said before the first time is
  /// not new.
  void take(const nodes_said& said);

  void take(const publication& what, std::chrono::milliseconds now);

  bool empty() const noexcept { return events_.empty() && skipped_ == 0; }

  /// `{"topic":"watch","events":[…],"skipped":…}`, and forgets it.
  admin_json tell();

private:
  void add(admin_json event);

  watch_subject what_;
  /// By node the last event known of each of its loops; null at first.
  admin_json known_;
  std::string self_; ///< id of this node, once it is known
  admin_json events_ = admin_json::array();
  std::size_t skipped_ = 0;
};

} // namespace rookery
