#pragma once

#include "actors/message/client_events.hpp"
#include "actors/record/snapshot.hpp"
#include "cluster/bridge/redis_requests.hpp"
#include "cluster/bridge/webhook_scripts.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rookery {

/// This node's part in the cluster's events, see webhook_scripts.hpp: knows its
/// channels and clients, keeps Redis to them over every loss, renews the node's
/// lease, and sweeps after nodes whose lease has ended. For the thread of the
/// bridge; must not be gone before the desk has answered or closed.
class webhook_book {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// How long the others wait for a sign of life before they sweep.
  static constexpr std::chrono::milliseconds lease{15'000};

  /// Channels and clients that are gone, while Redis cannot be told. More are
  /// counted as lost.
  static constexpr std::size_t usual_gone = 100'000;

  /// `node` names this run of the node, `name` the node for the backend.
  /// `made` is called whenever Redis has recorded events. `desk` must outlive
  /// this.
  webhook_book(redis_requests& desk, std::string node, std::string name,
               std::function<void()> made, std::size_t most_gone = usual_gone);

  webhook_book(const webhook_book&) = delete;
  webhook_book& operator=(const webhook_book&) = delete;

  /// The channel has a subscriber on this node, and has none any more.
  void occupy(std::string_view channel);
  void vacate(std::string_view channel);

  void enter(const client_entered& what);
  void leave(const client_left& what);

  /// A new link to Redis is up: what it has to know is told it.
  void link_up(time_point now);

  void link_down() noexcept { is_up_ = false; }

  /// Renews the lease and looks after others, when it is time to.
  void tick(time_point now);

  /// Redis knows of everything that is gone.
  bool is_told() const noexcept { return gone_.empty() && ending_.empty(); }

  /// Adds the counters to the bridge's snapshot.
  void describe(snapshot& out) const;

private:
  struct entry {
    std::string text;
    /// Redis has said that it has it.
    bool is_known = false;
  };

  using entries = std::map<std::string, entry, std::less<>>;

  void add_here(std::string name, std::string text);
  void end(entries::iterator which, std::string text);
  void renew();
  void renewed(const redis_reply* reply);
  void end_forgotten(const std::vector<std::string>& names);
  std::vector<entries::const_iterator> next_to_add();
  void add();
  void added(const redis_reply* reply, const std::vector<std::string>& which);
  void remove();
  void send_step();
  void removed(const redis_reply* reply);
  void sweep();

  redis_requests& desk_;
  const std::string node_;
  const std::string name_;
  const std::function<void()> made_;
  const std::size_t most_gone_;
  entries here_;
  /// Names of what is here and was not sent yet.
  std::set<std::string, std::less<>> unsent_;
  /// Everything is being sent again: up to here it was.
  std::optional<std::string> resent_to_;
  /// What is here no more and was not sent yet; the text is the event's.
  entries gone_;
  /// The step of removals under way, kept until Redis has answered.
  std::vector<event_end> ending_;
  std::uint64_t step_ = 0;
  std::uint64_t step_lost_ = 0;
  std::uint64_t untold_lost_ = 0;
  std::uint64_t cursor_ = 0;
  time_point may_sweep_at_ = time_point::max();
  time_point renew_at_{};
  bool is_up_ = false;
  bool is_leased_ = false;
  bool is_renewing_ = false;
  bool is_adding_ = false;
  bool is_removing_ = false;
  std::uint64_t lost_ = 0;
  std::uint64_t swept_ = 0;
};

} // namespace rookery
