#include "actors/client/user_book.hpp"

#include <string>

namespace rookery {

bool user_book::enter(std::string_view user) {
  if (!is_counted(user))
    return true;
  const std::scoped_lock lock{mutex_};
  const auto found = counts_.find(user);
  if (found == counts_.end())
    counts_.emplace(std::string{user}, 1);
  else if (found->second < max_)
    ++found->second;
  else
    return false;
  return true;
}

void user_book::leave(std::string_view user) noexcept {
  if (!is_counted(user))
    return;
  const std::scoped_lock lock{mutex_};
  const auto found = counts_.find(user);
  if (found != counts_.end() && --found->second == 0)
    counts_.erase(found);
}

} // namespace rookery
