#include "actors/client/client_index.hpp"

#include "actors/client/user_book.hpp"

namespace rookery {

bool client_index::enter(std::string_view user) {
  return !book_ || book_->enter(user);
}

void client_index::leave(std::string_view user) noexcept {
  if (book_)
    book_->leave(user);
}

void client_index::insert(named_client& client) {
  users_ += clients_.find(client.user()) == clients_.end();
  clients_.insert(client);
}

void client_index::erase(named_client& client) noexcept {
  const auto user = client.user();
  clients_.erase(clients_.iterator_to(client));
  users_ -= clients_.find(user) == clients_.end();
}

std::size_t client_index::carry_out(const client_command& command) {
  std::size_t found = 0;
  const auto [first, last] = clients_.equal_range(command.user);
  for (auto each = first; each != last;) {
    auto& client = *each++;
    if (!command.is_for(client.client_id()))
      continue;
    client.carry_out(command);
    ++found;
  }
  return found;
}

} // namespace rookery
