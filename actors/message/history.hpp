#pragma once

#include "actors/message/publication.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The history of a channel, as both buses keep it. A channel with history has
/// a stream of its latest publications and, outliving it, a position: the epoch
/// and the offset of the newest one, its top. Offsets count 1, 2, 3 … within an
/// epoch; trimming, expiry and removal of publications never reset them. An
/// epoch ends when the position was lost or has moved back; then the stream
/// begins empty at offset 0 of a new one. It also ends when a Redis that may
/// have lost publications takes the next one; then offsets and stream go on,
/// and positions of the earlier epoch stay valid up to its last offset.
namespace rookery {

/// The time that a position is kept after the last use of its channel.
inline constexpr std::chrono::hours position_ttl{30 * 24};

/// The same for a position at offset 0, to which nothing was ever published:
/// names that clients make up are soon forgotten. A bus renews it as long as
/// the channel has subscribers.
inline constexpr std::chrono::minutes empty_position_ttl{5};

/// Characters of an epoch, each one of [A-Za-z0-9].
inline constexpr std::size_t epoch_size = 8;

/// The maximum number of publications in one answer.
inline constexpr std::uint32_t longest_page = 1000;

/// The maximum bytes of publications in one answer, unless the first one alone
/// is larger.
inline constexpr std::size_t longest_page_bytes = 2 * 1024 * 1024;

/// The limits of the history of a namespace's channels. Without a size or ttl
/// nothing is kept.
struct history_options {
  std::uint32_t size = 0;
  std::chrono::milliseconds ttl{0};

  bool keeps() const noexcept { return size > 0 && ttl.count() > 0; }

  friend bool operator==(const history_options&,
                         const history_options&) = default;
};

/// The part of a channel's history to read.
struct history_range {
  /// The offset after which to read, or before which if `reverse`. If unset,
  /// reading begins at the oldest publication, or at the newest if `reverse`.
  /// The caller must compare the epoch.
  std::optional<std::uint64_t> since;
  /// The maximum number of publications, up to `longest_page`; 0: only the
  /// position.
  std::uint32_t limit = 0;
  /// Read the newest publication first.
  bool reverse = false;
  /// The maximum bytes of publications, up to `longest_page_bytes`. There is at
  /// least one publication if there is any.
  std::size_t max_bytes = longest_page_bytes;

  friend bool operator==(const history_range&, const history_range&) = default;
};

/// A range, read after checking the last publication that the reader knows, if
/// it names one: if that publication is no longer in its place, the history has
/// moved back and begins a new epoch.
struct history_request {
  history_range range;
  /// The position of the last known publication; without an epoch: none is
  /// known.
  stream_position known;
  /// The publication's id; empty: only its offset is known.
  std::string known_id;

  friend bool operator==(const history_request&,
                         const history_request&) = default;
};

/// A range of a history as it was at one moment. It may end before the limit if
/// publications are large: read on after its last one.
struct history_page {
  /// The top; its epoch is never empty.
  stream_position top;
  std::vector<publication_ptr> publications;
  /// The last positions of earlier epochs, newest first.
  std::vector<stream_position> earlier = {};
};

/// The epochs of a history that positions may name.
struct history_epochs {
  std::string_view current;
  std::span<const stream_position> earlier;

  /// Returns true if `position` is one of this history: all publications after
  /// it have later offsets. Offsets above the top count as future ones.
  bool contain(const stream_position& position) const noexcept {
    return position.epoch == current
           || std::ranges::any_of(earlier, [&](const auto& last) {
                return position.epoch == last.epoch
                       && position.offset <= last.offset;
              });
  }
};

inline history_epochs epochs_of(const history_page& page) noexcept {
  return {page.top.epoch, page.earlier};
}

} // namespace rookery
