#pragma once

#include "actors/message/close_reason.hpp"

#include <cstdint>
#include <string_view>

namespace rookery {

/// Why a member has left its channel, as far as that is known.
class leave_cause {
public:
  /// Not known.
  constexpr leave_cause() noexcept = default;

  /// Its connection, or the subscription alone, was ended for that.
  constexpr leave_cause(close_reason why) noexcept
    : code_{static_cast<std::uint8_t>(static_cast<unsigned>(why) + first)} {}

  /// The client wanted it, or somebody for it.
  static constexpr leave_cause unsubscribed() noexcept {
    leave_cause result;
    result.code_ = 1;
    return result;
  }

  /// Returns its name, which lives forever; empty when it is not known.
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
