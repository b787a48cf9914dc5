#pragma once

#include "cluster/bridge/redis_keys.hpp"
#include "cluster/bridge/redis_requests.hpp"
#include "cluster/redis/redis_script.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace rookery {

/// The script of `redis_check`. Load it before a check.
const redis_script& check_script();

/// A check that names the commands of the scripts that this Redis does not
/// know, or does not permit to this user. Use it on the thread of the bridge;
/// it must outlive its pending calls.
class redis_check {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Time between two checks on one link: rights may change.
  static constexpr std::chrono::minutes pause{1};

  struct lack {
    std::string command;
    std::string reason;  ///< "unknown" or "not permitted"
    std::string purpose; ///< what fails for lack of it

    friend bool operator==(const lack&, const lack&) = default;
  };

  /// The arguments must outlive this. `channel` is a channel of this cluster in
  /// Redis that no client can use.
  redis_check(redis_requests& requests, const redis_keys& keys,
              std::string channel)
    : requests_{requests}, keys_{keys}, channel_{std::move(channel)} {}

  /// Checks if a new link is up, or the last check was a while ago.
  void link_up(time_point now);
  void tick(time_point now);

  /// The result of the last check.
  const std::vector<lack>& lacks() const noexcept { return lacks_; }

  /// Adds the result to the bus's snapshot.
  void describe(snapshot& out) const;

private:
  void judge(const redis_reply& reply);

  redis_requests& requests_;
  const redis_keys& keys_;
  const std::string channel_;
  time_point due_at_ = time_point::max(); // never before the first link
  std::vector<lack> lacks_;
};

/// The command of a check.
struct check_commands {
  std::string key;
  std::string_view channel;
};

void append_command(std::string& out, const redis_keys& keys,
                    const check_commands& what);

} // namespace rookery
