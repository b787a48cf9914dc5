#pragma once

#include "actors/backlog.hpp"
#include "actors/publication.hpp"

#include <cstdint>
#include <string_view>

namespace rookery {

/// Why messages of a channel may have been missed.
enum class gap_reason : std::uint8_t {
  link_lost,       ///< the subscribe link fell and stands again
  link_deaf,       ///< the subscribe link stood but carried nothing
  overflow,        ///< a loop was too far behind and publications were dropped
  unknown_version, ///< an envelope of a newer rookery
  too_large,       ///< a publication over the bus's size limit
  late_subscription, ///< the client was let in before the bus confirmed
};

std::string_view to_string(gap_reason reason) noexcept;

/// Tells a channel actor that messages of its channel may have been missed
/// before this point in its stream.
struct gapped {
  gap_reason reason = gap_reason::link_lost;

  friend bool operator==(const gapped&, const gapped&) = default;
};

/// One publication on its way to a channel actor. `weight` counts it against
/// the backlog of the receiving loop, where it has to cross one.
struct delivery {
  publication_ptr what;
  charge weight;

  friend bool operator==(const delivery& x, const delivery& y) {
    return x.what == y.what;
  }
};

/// How a publish ended (DESIGN: accepted, refused or unknown).
enum class publish_verdict : std::uint8_t {
  accepted,
  refused, ///< nobody will see it
  unknown, ///< it was handed to Redis, which never answered
};

std::string_view to_string(publish_verdict verdict) noexcept;

/// Why a publication was refused, or its outcome is unknown.
enum class publish_problem : std::uint8_t {
  none,
  bus_down,   ///< no connection to Redis
  overloaded, ///< too many bytes are unanswered already
  rejected,   ///< Redis answered with an error
  link_lost,  ///< the link fell before the answer
  no_answer,  ///< no answer within the publish timeout
};

std::string_view to_string(publish_problem problem) noexcept;

/// When the sender of a publish wants to be told its outcome.
enum class acknowledge : std::uint8_t { always, on_problem };

/// Asks the bus to publish. The outcome goes to the sender of this message as
/// a `publish_outcome` with the same ticket, at most once.
struct publish_command {
  publication_ptr what;
  std::uint64_t ticket = 0;
  acknowledge when = acknowledge::on_problem;
  charge weight;

  friend bool operator==(const publish_command& x, const publish_command& y) {
    return x.what == y.what && x.ticket == y.ticket && x.when == y.when;
  }
};

/// The bus's answer to a `publish_command`.
struct publish_outcome {
  std::uint64_t ticket = 0;
  publish_verdict verdict = publish_verdict::accepted;
  publish_problem problem = publish_problem::none;

  friend bool operator==(const publish_outcome&,
                         const publish_outcome&) = default;
};

} // namespace rookery
