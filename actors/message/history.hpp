#pragma once

#include "actors/message/publication.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The history of a channel, as both buses keep it. A channel with history has
/// a stream of its latest publications and, outliving it, a position: the epoch
/// and the offset of the newest one, its top. Offsets count 1, 2, 3 … within an
/// epoch; trimming, expiry and removal of publications never reset them. An
/// epoch ends when the position was lost or has moved back; then the stream
/// begins empty at offset 0 of a new one.
namespace rookery {

/// How long a position outlives the last touch of its channel.
inline constexpr std::chrono::hours position_ttl{30 * 24};

/// Characters of an epoch, each one of [A-Za-z0-9].
inline constexpr std::size_t epoch_size = 8;

/// Publications of one answer, at most.
inline constexpr std::uint32_t longest_page = 1000;

/// What a namespace keeps of its channels. Without size or ttl: nothing.
struct history_options {
  std::uint32_t size = 0;
  std::chrono::milliseconds ttl{0};

  bool keeps() const noexcept { return size > 0 && ttl.count() > 0; }

  friend bool operator==(const history_options&,
                         const history_options&) = default;
};

/// What a reader wants of a channel's history.
struct history_range {
  /// Publications after this one, or before it if `reverse`; without it from
  /// the oldest, or from the newest if `reverse`. Its epoch is the caller's to
  /// compare.
  std::optional<std::uint64_t> since;
  /// At most so many publications, `longest_page` at most; 0: the position
  /// alone.
  std::uint32_t limit = 0;
  /// Newest first.
  bool reverse = false;

  friend bool operator==(const history_range&, const history_range&) = default;
};

/// A range, read behind a verification where the reader names the last
/// publication it knows: if that stands no longer where it stood, the history
/// has moved back and begins a new epoch.
struct history_request {
  history_range range;
  /// Of the last publication known; an empty epoch: none is.
  stream_position known;
  /// That publication's id; empty: only its offset is known.
  std::string known_id;

  friend bool operator==(const history_request&,
                         const history_request&) = default;
};

/// A range of a history as it was at one moment. May end before the limit was
/// reached, where its publications are large: ask again behind its last one.
struct history_page {
  /// The top; its epoch is never empty.
  stream_position top;
  std::vector<publication_ptr> publications;
};

} // namespace rookery
