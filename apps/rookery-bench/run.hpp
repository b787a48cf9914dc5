#pragma once

#include "apps/rookery-bench/report.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rookery::bench {

/// One run from the first connection to the last delivery, on this thread.
class run {
public:
  /// `say` receives the progress line, about once a second.
  run(const options& asked, std::function<void(const std::string&)> say);

  /// Blocks until the run is over. Throws if a server process has ended.
  findings play();

  /// The reason why connections failed or were lost; empty if none did.
  [[nodiscard]] const std::string& problem() const { return fleet_.problem(); }

private:
  static ledger::shape shape_of(const options& asked);

  /// Returns false if not every connection could be set up.
  bool connect();
  void load();
  void churn();
  /// Cuts all members, publishes while they are away, and reconnects all at
  /// once.
  void cut_and_recover();
  void publish_for(double seconds);
  void drain();
  void rest(double seconds);

  void open_next();
  void publish(std::uint32_t publisher, std::uint64_t time);
  void publish_due(std::uint64_t now);
  void publish_where_room();
  void turn(std::uint64_t deadline);
  void rescue_from_stall(std::uint64_t now);
  [[nodiscard]] std::optional<redis_usage> ask_redis() const;
  static std::optional<redis_usage>
  since(const std::optional<redis_usage>& start,
        const std::optional<redis_usage>& end);

  findings::stretch mark() const;
  static findings::stretch since(const findings::stretch& start,
                                 const findings::stretch& end);

  const options& asked_;
  std::function<void(const std::string&)> say_;
  ledger ledger_;
  fleet fleet_;
  findings found_;

  std::uint32_t next_ = 0;
  std::vector<client*> members_; // subscribed ones only
  std::vector<client*> publishers_;
  std::vector<std::uint32_t> turns_; // of publishers, in the open loop
  std::vector<std::uint32_t> with_room_;
  std::string payload_;
  double next_due_ = 0;
  std::size_t next_turn_ = 0;
  std::uint64_t now_ = 0;
  std::uint64_t next_word_ = 0;
  std::uint64_t last_delivery_ = 0;
};

} // namespace rookery::bench
