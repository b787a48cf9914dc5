#pragma once

#include "actors/message/close_reason.hpp"

#include <cstdint>
#include <string_view>

namespace rookery {

/// The reason why a member has left its channel, as far as it is known.
class leave_cause {
public:
  /// An unknown cause.
  constexpr leave_cause() noexcept = default;

  /// The end of the member's connection, or of the subscription alone.
  constexpr leave_cause(close_reason why) noexcept
    : code_{static_cast<std::uint8_t>(static_cast<unsigned>(why) + first)} {}

  /// An unsubscribe by the client, or by a backend on its behalf.
  static constexpr leave_cause unsubscribed() noexcept {
    leave_cause result;
    result.code_ = 1;
    return result;
  }

  /// Returns the name of the cause, a literal; empty if it is unknown.
  std::string_view text() const noexcept {
    if (code_ < first)
      return code_ == 0 ? "" : "unsubscribed";
    return to_string(static_cast<close_reason>(code_ - first));
  }

private:
  static constexpr unsigned first = 2;

  std::uint8_t code_ = 0;
};

} // namespace rookery
