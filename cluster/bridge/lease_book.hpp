#pragma once

#include "cluster/bridge/lease_scripts.hpp"
#include "cluster/bridge/redis_requests.hpp"

#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// The times of a node's lease.
struct lease_times {
  /// The time from one renewal to the next.
  std::chrono::milliseconds renewal{5'000};
  /// The time after which other nodes remove the entries.
  std::chrono::milliseconds length{15'000};
};

/// The entries of this node, of one kind. It stores the current entries, sends
/// them to Redis again after every loss, renews the node's lease, and sweeps
/// (removes) the entries of nodes whose lease has ended. Use it on the thread
/// of the bridge; it must outlive its pending calls.
class lease_book {
public:
  using time_point = std::chrono::steady_clock::time_point;

  static constexpr std::size_t unlimited =
    std::numeric_limits<std::size_t>::max();

  /// `node` identifies this run of the node. `made` is called whenever entries
  /// have caused events in Redis. `max_gone` limits the ended entries kept
  /// while Redis is not reachable; more are counted as lost. `requests` must
  /// outlive this.
  lease_book(redis_requests& requests, lease_kind kind, std::string node,
             std::function<void()> made, lease_times times,
             std::size_t max_gone = unlimited);

  lease_book(const lease_book&) = delete;
  lease_book& operator=(const lease_book&) = delete;

  const lease_kind& kind() const noexcept { return kind_; }

  /// Adds or replaces an entry.
  void add(std::string name, std::string text);

  /// Ends an entry if it exists. `text` is the text of its end.
  void end(std::string_view name, std::string text = {});

  /// Notes that a new link to Redis is up, and sends all entries again.
  void link_up(time_point now);

  void link_down() noexcept { is_up_ = false; }

  /// Renews the lease and sweeps if it is time. Call it at least that often.
  void tick(time_point now);

  /// Returns true if Redis has confirmed every end.
  bool is_told() const noexcept { return gone_.empty() && ending_.empty(); }

  /// Number of current entries.
  std::size_t size() const noexcept { return here_.size(); }

  /// Number of ended entries whose end Redis has not confirmed yet.
  std::size_t gone() const noexcept { return gone_.size() + ending_.size(); }

  /// Number of events made by sweeping other nodes' entries, and of events
  /// lost.
  std::uint64_t swept() const noexcept { return swept_; }

  std::uint64_t lost() const noexcept { return lost_; }

  /// Returns true if Redis has all entries, or is receiving them.
  bool is_leased() const noexcept { return is_leased_; }

private:
  /// An entry is linked while it waits for the next addition.
  struct entry : boost::intrusive::list_base_hook<
                   boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
    const std::string* name = nullptr; // its key
    std::string text;
    bool is_sent = false;
    /// Redis has confirmed that it has the entry.
    bool is_known = false;
  };

  using entries = std::map<std::string, entry, std::less<>>;

  void renew();
  void renewed(const redis_reply* reply);
  void end_forgotten(const std::vector<std::string>& names);
  void queue(entry& what);
  void send_new();
  void send_again();
  void send(std::vector<std::string> names, bool is_again);
  void added(const redis_reply* reply, const std::vector<std::string>& names,
             bool is_again);
  void remove();
  bool begin_step();
  void removed(const redis_reply* reply);
  void sweep();
  void note_made(std::size_t count);

  redis_requests& requests_;
  const lease_kind kind_;
  const std::string node_;
  const std::function<void()> made_;
  const lease_times times_;
  const std::size_t max_gone_;
  entries here_;
  /// New entries in their order, each once, sent with the next addition.
  boost::intrusive::list<entry, boost::intrusive::constant_time_size<false>>
    new_; // of here_
  /// Resend cursor: the last entry sent. Set while all entries are sent again.
  std::optional<std::string> again_;
  /// Ended entries that were not sent yet; `text` is the text of the end.
  entries gone_;
  /// The step of removals under way, kept until Redis has answered.
  std::vector<lease_end> ending_;
  std::uint64_t step_ = 0;
  std::uint64_t step_lost_ = 0;
  std::uint64_t unsent_lost_ = 0;
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
