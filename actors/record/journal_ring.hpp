#pragma once

#include "actors/record/journal.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace rookery {

/// An event on its way into the journal. Views are valid during the call.
struct journal_note {
  journal_kind what = journal_kind::connected;
  std::uint64_t connection = 0; ///< actor id; 0: about a channel
  std::string_view user = {};
  std::string_view channel = {};
  std::string_view remote_address = {};
  std::uint32_t code = 0; ///< the code that the client got; 0: none
  std::string_view reason = {};
  std::uint64_t publications = 0; ///< that are lost; 0: unknown
};

/// The journal of one loop: the last events of its clients, and those of its
/// channels. Each kind has a ring of its own, because a lost link can add an
/// entry for every channel. Allocates nothing once it is full of strings long
/// enough. Loop thread only.
class journal_ring {
public:
  static constexpr std::size_t capacity = 4096; ///< of each of the two

  void add(const journal_note& what, moment at);

  /// Returns the newest entries that `query` asks for.
  journal_page list(const journal_query& query) const;

private:
  struct ring {
    std::vector<journal_entry> entries; // the n-th at (n - 1) % capacity
    std::uint64_t added = 0;

    journal_entry& next();

    /// Returns the newest entry after skipping `skipped`; null past the oldest.
    const journal_entry* newest(std::size_t skipped) const noexcept;
  };

  ring clients_;
  ring channels_;
  std::uint64_t last_ = 0;
};

} // namespace rookery
