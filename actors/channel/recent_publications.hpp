#pragma once

#include "actors/message/publication_run.hpp"

#include <boost/intrusive/list.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace rookery {

class recent_publications;

using recent_publications_hook = boost::intrusive::list_base_hook<
  boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

/// The bytes that the memories of recent publications of a loop's channels
/// share. Over the limit the channel whose memory was used least recently drops
/// its oldest publications first. Outlives the memories. Loop thread only.
class recent_budget {
public:
  explicit recent_budget(std::size_t limit) : limit_{limit} {}

  /// Bytes of all publications that are remembered.
  std::size_t bytes() const noexcept { return bytes_; }

private:
  friend class recent_publications;

  void use(recent_publications& memory);
  void shrink();

  std::size_t limit_;
  std::size_t bytes_ = 0;
  /// The memories that are not empty, least recently used first.
  boost::intrusive::list<recent_publications,
                         boost::intrusive::base_hook<recent_publications_hook>,
                         boost::intrusive::constant_time_size<false>>
    by_use_;
};

/// The memory of a channel actor: the latest publications of one epoch without
/// a hole, up to the last one appended. Serves thousands of clients that come
/// back at once. Loop thread only.
class recent_publications : public recent_publications_hook {
public:
  explicit recent_publications(recent_budget& budget) : budget_{budget} {}

  recent_publications(const recent_publications&) = delete;
  recent_publications& operator=(const recent_publications&) = delete;

  ~recent_publications() { clear(); }

  /// Appends `next`, which has an offset. Drops all older publications if it
  /// does not follow the last one. The caller calls `clear` first if the epoch
  /// has ended.
  void append(const publication_ptr& next);

  /// Returns the publications after `offset`, possibly none, up to the last one
  /// appended; nullopt if some of them were dropped. Valid until any memory of
  /// the loop changes.
  std::optional<std::span<const publication_ptr>> since(std::uint64_t offset);

  void clear();

  std::size_t size() const noexcept { return run_.size(); }

private:
  friend class recent_budget;

  recent_budget& budget_;
  publication_run run_;
};

} // namespace rookery
