#include "bench/limit/channel_table.hpp"

namespace rookery::limit {

channel* channel_table::find(std::string_view name) {
  const auto found = channels_.find(name);
  return found == channels_.end() ? nullptr : found->second.get();
}

channel& channel_table::create(std::string_view name, bool is_confirmed) {
  auto made =
    std::make_unique<channel>(channel{std::string{name}, is_confirmed});
  auto& result = *made;
  channels_.emplace(result.name, std::move(made));
  return result;
}

void channel_table::join(channel& where, member& who) {
  who.joined = &where;
  who.seat = where.members.size();
  where.members.push_back(&who);
}

void channel_table::leave(member& who) {
  auto& seats = who.joined->members;
  seats[who.seat] = seats.back();
  seats[who.seat]->seat = who.seat;
  seats.pop_back();
  who.joined = nullptr;
}

void channel_table::erase(const channel& empty) {
  channels_.erase(channels_.find(empty.name));
}

} // namespace rookery::limit
