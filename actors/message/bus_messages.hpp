#pragma once

#include "actors/message/backlog.hpp"
#include "actors/message/credit.hpp"
#include "actors/message/history.hpp"
#include "actors/message/publication.hpp"
#include "actors/message/publish_verdict.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rookery {

/// The reason why messages of a channel may have been missed.
enum class gap_reason : std::uint8_t {
  link_lost,       ///< the subscribe link was lost and is back
  link_deaf,       ///< the subscribe link was open but carried nothing
  overflow,        ///< a loop was too far behind and publications were dropped
  unknown_version, ///< an envelope of a newer rookery
  too_large,       ///< a publication over the bus's size limit
  late_subscription, ///< the client was let in before the bus confirmed
  trimmed,           ///< the missed publications left the history
  new_epoch,         ///< the history was lost or has moved back
  internal_error,    ///< an error in the node while it handled the channel
  refused,           ///< the bus does not send this channel's publications
};

std::string_view to_string(gap_reason reason) noexcept;

/// Tells a channel actor that messages of its channel may have been missed
/// before this point in its stream.
struct gapped {
  gap_reason reason = gap_reason::link_lost;

  friend bool operator==(const gapped&, const gapped&) = default;
};

/// One publication on its way to a channel actor. `weight` is its share of the
/// receiving loop's backlog if it comes from another loop.
struct delivery {
  publication_ptr what;
  charge weight;
  /// The time at which the bus first had it; the epoch if unknown.
  std::chrono::steady_clock::time_point seen = {};

  friend bool operator==(const delivery& x, const delivery& y) {
    return x.what == y.what;
  }
};

/// The outcomes of a publish that are sent back: all, or only problems.
enum class acknowledge : std::uint8_t { always, on_problem };

/// A caller's name for a publish, which makes it safe to repeat: within `ttl`
/// all publishes to a channel with the same key have the result of the first.
/// With an empty key or no ttl every publish is a new one.
struct idempotency_key {
  std::string text;
  std::chrono::milliseconds ttl{0};

  bool keeps() const noexcept { return !text.empty() && ttl.count() > 0; }

  friend bool operator==(const idempotency_key&,
                         const idempotency_key&) = default;
};

/// The terms of one publish.
struct publish_terms {
  /// The history options of the channel's namespace.
  history_options history;
  idempotency_key key;

  friend bool operator==(const publish_terms&, const publish_terms&) = default;
};

/// Asks the bus to publish. The outcome goes to the sender of this message as
/// a `publish_outcome` with the same ticket, at most once. `weight` is its
/// share of the bytes on their way to another loop if no client has spent
/// credit on it.
struct publish_command {
  publication_ptr what;
  std::uint64_t ticket = 0;
  acknowledge when = acknowledge::on_problem;
  charge weight;
  publish_terms terms = {};
  credit spent = {};

  friend bool operator==(const publish_command& x, const publish_command& y) {
    return x.what == y.what && x.ticket == y.ticket && x.when == y.when
           && x.terms == y.terms;
  }
};

/// The bus's answer to a `publish_command`.
struct publish_outcome {
  std::uint64_t ticket = 0;
  publish_verdict verdict = publish_verdict::accepted;
  publish_problem problem = publish_problem::none;
  /// The publication's position, once a history has accepted it.
  stream_position position = {};

  friend bool operator==(const publish_outcome&,
                         const publish_outcome&) = default;
};

/// Asks the bus for a part of a channel's history. The sender gets one
/// `history_answer` with the same ticket and credit.
struct history_query {
  std::string channel;
  history_request what;
  std::uint64_t ticket = 0;
  credit spent = {};

  friend bool operator==(const history_query&, const history_query&) = default;
};

/// Asks the bus to remove the publications from a channel's history; its
/// position stays. The outcome goes to the sender as a `publish_outcome` with
/// the same ticket.
struct history_removal {
  std::string channel;
  std::uint64_t ticket = 0;

  friend bool operator==(const history_removal&,
                         const history_removal&) = default;
};

/// The bus's answer to a `history_query`: a page, or the reason why there is
/// none.
struct history_answer {
  std::uint64_t ticket = 0;
  publish_problem problem = publish_problem::none;
  std::shared_ptr<const history_page> page = nullptr;
  credit spent = {};

  friend bool operator==(const history_answer&,
                         const history_answer&) = default;
};

} // namespace rookery
