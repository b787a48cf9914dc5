#pragma once

#include "actors/message/presence.hpp"
#include "actors/text/string_map.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace rookery {

/// The clients on the channels of one in-process bus. A channel is known while
/// there is a client on it. The caller that adds a client must remove it. For
/// one thread.
class presence_store {
public:
  /// Adds a client, or replaces the info of a known one. Returns true if it is
  /// new.
  bool add(std::string_view channel, std::string_view client,
           presence_info info);

  /// Removes a client and returns its info; nullopt if it was not there.
  std::optional<presence_info> remove(std::string_view channel,
                                      std::string_view client);

  /// Returns at most `limit` of the clients of a channel, in no order.
  /// O(limit).
  std::vector<present_client> list(std::string_view channel,
                                   std::size_t limit) const;

  /// Returns the numbers of clients and users of a channel. O(1).
  presence_stats stats(std::string_view channel) const;

  /// Number of channels with at least one client.
  std::size_t channels() const noexcept { return channels_.size(); }

private:
  struct audience {
    string_map<presence_info> clients;
    string_map<std::size_t> users; // number of clients of each

    void enter(const std::string& user) { ++users[user]; }

    void leave(const std::string& user);
  };

  string_map<audience> channels_; // only those with clients
};

} // namespace rookery
