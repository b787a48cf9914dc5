#pragma once

#include "actors/message/publication.hpp"
#include "cluster/admin/query_nodes.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rookery {

/// The subject of one watch.
struct watch_subject {
  std::string channel;
  std::string user;
  std::uint64_t connection = 0;
  std::string node; ///< of the connection
};

/// The events of a watch that are not yet told: those of all nodes, each once,
/// and the publications that came here. Bounded: the rest is counted.
class watch_log {
public:
  /// Events told at once.
  static constexpr std::size_t most = 50;

  /// Bytes of a publication that are shown.
  static constexpr std::size_t excerpt = 200;

  explicit watch_log(watch_subject what) : what_{std::move(what)} {}

  /// The next query for the nodes.
  operator_query next() const;

  /// Takes the answers to it. Events from before the first answers are not new.
  void take(const query_answers& said);

  void take(const publication& what, std::chrono::milliseconds now);

  bool empty() const noexcept { return events_.empty() && skipped_ == 0; }

  /// `{"topic":"watch","events":[…],"skipped":…}`, and forgets it.
  admin_json tell();

private:
  void add(admin_json event);

  watch_subject what_;
  /// The last event known of each loop, by node id.
  std::map<std::string, std::vector<std::uint64_t>> known_;
  std::string self_; ///< id of this node, once it is known
  admin_json events_ = admin_json::array();
  std::size_t skipped_ = 0;
};

} // namespace rookery
