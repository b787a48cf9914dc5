#include "actors/client/client_index.hpp"

#include "actors/client/user_book.hpp"

namespace rookery {

bool client_index::has_room(std::string_view user) const {
  return !book_ || book_->has_room(user);
}

void client_index::insert(named_client& client) {
  if (book_)
    book_->enter(client.user());
  users_ += clients_.find(client.user()) == clients_.end();
  clients_.insert(client);
}

void client_index::erase(named_client& client) noexcept {
  const auto user = client.user();
  if (book_)
    book_->leave(user);
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
