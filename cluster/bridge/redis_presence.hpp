#pragma once

#include "actors/message/presence.hpp"
#include "actors/record/snapshot.hpp"
#include "actors/text/string_map.hpp"
#include "cluster/bridge/redis_requests.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace rookery {

/// This node's part in the cluster's presence, see presence_scripts.hpp: knows
/// who is here, keeps Redis to it over every loss, renews the node's lease, and
/// sweeps after nodes whose lease has ended. For the thread of the bridge, from
/// within its handlers; must not be gone before the desk has answered or
/// closed.
class redis_presence {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// How long the others wait for a sign of life before they sweep.
  static constexpr std::chrono::milliseconds lease{15'000};

  /// `node` names this run of the node. `desk` must outlive this.
  redis_presence(redis_requests& desk, std::string node);

  redis_presence(const redis_presence&) = delete;
  redis_presence& operator=(const redis_presence&) = delete;

  void enter(const presence_enter& what);
  void leave(const presence_leave& what);

  /// Asks Redis who is on a channel, on all nodes; `sender` gets the answer.
  void list(const presence_query& query, const caf::strong_actor_ptr& sender);

  /// A new link to Redis is up: what it has to know is told it.
  void link_up(time_point now);

  void link_down() noexcept { is_up_ = false; }

  /// Renews the lease and looks after others: three times per lease or more
  /// often.
  void tick(time_point now);

  /// Adds the counters to the bridge's snapshot.
  void describe(snapshot& out) const;

private:
  struct entry {
    std::string channel;
    present_client who;
    bool tells;
  };

  using places = std::map<std::string, entry, std::less<>>;

  void renew();
  void renewed(const redis_reply* reply);
  void add(places::const_iterator from, std::size_t most);
  void added(const redis_reply* reply, const std::string& last);
  void remove_gone();
  void removed(const redis_reply* reply, const std::vector<std::string>& which);
  void sweep();

  redis_requests& desk_;
  const std::string node_;
  places here_; // by channel and client
  /// Who is here no more, where Redis may not know it yet.
  std::set<std::string, std::less<>> gone_;
  std::uint64_t cursor_ = 0;
  time_point may_sweep_at_ = time_point::max();
  bool is_up_ = false;
  /// Redis has all entries, or is being told them.
  bool is_leased_ = false;
  bool is_renewing_ = false;
  /// All entries are being told, in batches.
  bool is_adding_all_ = false;
  bool is_removing_ = false;
  std::uint64_t swept_ = 0;
};

} // namespace rookery
