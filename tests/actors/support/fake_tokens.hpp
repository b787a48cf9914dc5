#pragma once

#include "actors/runtime/wall_clock.hpp"
#include "actors/token_verifier.hpp"

#include <map>
#include <string>

namespace rookery::test {

/// A clock that the test sets.
class fake_clock final : public wall_clock {
public:
  std::chrono::sys_seconds now() const override { return time; }

  std::chrono::sys_seconds time{std::chrono::seconds{1'000'000}};
};

/// A verifier with a fixed list of tokens; "expired" is an expired one, all
/// others are invalid.
class fake_tokens final : public token_verifier {
public:
  token_verdict<connection_claims>
  verify_connection(std::string_view token,
                    std::chrono::sys_seconds) const override {
    return judge(connections, token);
  }

  token_verdict<subscription_claims>
  verify_subscription(std::string_view token,
                      std::chrono::sys_seconds) const override {
    return judge(subscriptions, token);
  }

  std::map<std::string, connection_claims, std::less<>> connections;
  std::map<std::string, subscription_claims, std::less<>> subscriptions;

private:
  template <class Claims>
  static token_verdict<Claims>
  judge(const std::map<std::string, Claims, std::less<>>& known,
        std::string_view token) {
    if (token == "expired")
      return token_untimely{"exp is over", "ann"};
    const auto found = known.find(token);
    if (found == known.end())
      return token_invalid{"not known", {}};
    return found->second;
  }
};

} // namespace rookery::test
