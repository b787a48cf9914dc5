#pragma once

#include "actors/text/string_map.hpp"

#include <cstddef>
#include <mutex>
#include <string_view>

namespace rookery {

/// Counts the connections of each user on a node. Any thread; locked for a
/// look-up when a connection is let in or ends. Anonymous ones are not counted.
class user_book {
public:
  /// `max` is the number of connections that one user may have; 0: any.
  explicit user_book(std::size_t max) : max_{max} {}

  /// Counts a connection of `user`. Returns false, and does not, if the user
  /// has as many as allowed.
  [[nodiscard]] bool enter(std::string_view user);

  void leave(std::string_view user) noexcept;

private:
  bool is_counted(std::string_view user) const noexcept {
    return max_ > 0 && !user.empty();
  }

  const std::size_t max_;
  std::mutex mutex_;
  string_map<std::size_t> counts_;
};

} // namespace rookery
