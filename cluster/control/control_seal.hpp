#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>

namespace rookery {

/// The reason why a message between nodes is refused.
enum class seal_problem : std::uint8_t {
  none,
  malformed,
  signature, ///< signed with another key, or for another scope
  clock,     ///< its time is off by more than the tolerance
  repeated,  ///< received before, or too many messages are remembered
};

/// Returns a text for operators about the sender of such a message.
std::string_view reason_of(seal_problem problem) noexcept;

/// A message as it was received. Not to be obeyed if there is a problem: then
/// the text is what somebody claims.
struct sealed_text {
  std::string_view text;
  seal_problem problem = seal_problem::none;

  explicit operator bool() const noexcept {
    return problem == seal_problem::none;
  }
};

/// Signs the messages between nodes. Refuses messages that are not signed with
/// the same key for the same scope, whose time is off by more than `tolerance`,
/// or that were received before. Otherwise any client of Redis that may publish
/// could command the cluster. The signature (HMAC-SHA-256) covers scope, time,
/// nonce and text.
class control_seal {
public:
  using time_point = std::chrono::sys_time<std::chrono::milliseconds>;

  /// The maximum difference of the clocks of two nodes, including delivery
  /// time.
  static constexpr std::chrono::milliseconds tolerance{30'000};

  /// The maximum number of messages that are remembered. When it is reached,
  /// further messages are refused.
  static constexpr std::size_t most_remembered = 100'000;

  /// `scope` has no control characters.
  explicit control_seal(std::string key, std::string scope = {})
    : key_{std::move(key)}, scope_{std::move(scope)} {}

  std::string seal(std::string_view text, time_point now) const;

  /// Returns the text within `sealed`, as a part of it.
  sealed_text open(std::string_view sealed, time_point now);

  /// The number of messages that were refused.
  std::uint64_t refused() const noexcept { return refused_; }

private:
  std::string sign(std::string_view text) const;
  sealed_text judge(std::string_view sealed, time_point now);
  bool remember(std::string_view nonce, time_point now);

  struct seen_message {
    time_point at;
    std::set<std::string, std::less<>>::iterator nonce;
  };

  const std::string key_;
  const std::string scope_;
  std::set<std::string, std::less<>> nonces_;
  std::deque<seen_message> seen_; // in the order of arrival
  std::uint64_t refused_ = 0;
};

} // namespace rookery
