#include "cluster/memory/presence_store.hpp"

#include <algorithm>
#include <utility>

namespace rookery {

void presence_store::audience::leave(const std::string& user) {
  const auto found = users.find(user);
  if (--found->second == 0)
    users.erase(found);
}

bool presence_store::add(std::string_view channel, std::string_view client,
                         presence_info info) {
  auto found = channels_.find(channel);
  if (found == channels_.end())
    found = channels_.try_emplace(std::string{channel}).first;
  auto& here = found->second;
  here.enter(info.user);
  const auto known = here.clients.find(client);
  if (known == here.clients.end()) {
    here.clients.emplace(client, std::move(info));
    return true;
  }
  here.leave(known->second.user);
  known->second = std::move(info);
  return false;
}

std::optional<presence_info> presence_store::remove(std::string_view channel,
                                                    std::string_view client) {
  const auto found = channels_.find(channel);
  if (found == channels_.end())
    return std::nullopt;
  auto& here = found->second;
  const auto known = here.clients.find(client);
  if (known == here.clients.end())
    return std::nullopt;
  auto result = std::move(known->second);
  here.leave(result.user);
  here.clients.erase(known);
  if (here.clients.empty())
    channels_.erase(found);
  return result;
}

std::vector<present_client> presence_store::list(std::string_view channel,
                                                 std::size_t limit) const {
  std::vector<present_client> result;
  const auto found = channels_.find(channel);
  if (found == channels_.end())
    return result;
  const auto& clients = found->second.clients;
  result.reserve(std::min(limit, clients.size()));
  for (auto next = clients.begin();
       next != clients.end() && result.size() < limit; ++next)
    result.push_back({next->first, next->second});
  return result;
}

presence_stats presence_store::stats(std::string_view channel) const {
  const auto found = channels_.find(channel);
  if (found == channels_.end())
    return {};
  return {found->second.clients.size(), found->second.users.size()};
}

} // namespace rookery
