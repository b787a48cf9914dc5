#pragma once

#include <cstdint>
#include <string_view>

namespace rookery {

/// The outcome of a publish.
enum class publish_verdict : std::uint8_t {
  accepted,
  refused, ///< not published
  unknown, ///< it was handed to Redis, which never answered
};

std::string_view to_string(publish_verdict verdict) noexcept;

/// The reason why a publication was refused, or why its outcome is unknown.
enum class publish_problem : std::uint8_t {
  none,
  bus_down,   ///< no connection to Redis
  overloaded, ///< too many bytes are unanswered already
  rejected,   ///< Redis answered with an error
  link_lost,  ///< the link was lost before the answer
  no_answer,  ///< no answer within the publish timeout
};

std::string_view to_string(publish_problem problem) noexcept;

} // namespace rookery
