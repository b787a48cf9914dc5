#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace rookery {

/// Signs the messages between nodes. Refuses messages that are not signed with
/// the same key for the same scope, whose time is off by more than `tolerance`
/// or before this node's start, or that were received before. Otherwise any
/// client of Redis that may publish could command the cluster. The signature
/// (HMAC-SHA-256) covers scope, time, nonce and text.
class control_seal {
public:
  using time_point = std::chrono::sys_time<std::chrono::milliseconds>;

  /// The maximum difference of the clocks of two nodes, including delivery
  /// time.
  static constexpr std::chrono::milliseconds tolerance{30'000};

  /// The maximum number of messages that are remembered. When it is reached,
  /// further messages are refused.
  static constexpr std::size_t most_remembered = 100'000;

  /// `scope` has no control characters. `started` is the start of this node.
  explicit control_seal(std::string key, std::string scope = {},
                        time_point started = {})
    : key_{std::move(key)}, scope_{std::move(scope)}, started_{started} {}

  std::string seal(std::string_view text, time_point now) const;

  /// Returns the text within `sealed`, as a part of it; nullopt if the message
  /// is refused.
  std::optional<std::string_view> open(std::string_view sealed, time_point now);

  /// The number of messages that were refused.
  std::uint64_t refused() const noexcept { return refused_; }

private:
  std::string sign(std::string_view text) const;
  std::optional<std::string_view> judge(std::string_view sealed,
                                        time_point now);
  bool remember(std::string_view nonce, time_point now);

  struct said {
    time_point at;
    std::set<std::string, std::less<>>::iterator nonce;
  };

  const std::string key_;
  const std::string scope_;
  const time_point started_;
  std::set<std::string, std::less<>> nonces_;
  std::deque<said> said_; // in the order of arrival
  std::uint64_t refused_ = 0;
};

} // namespace rookery
