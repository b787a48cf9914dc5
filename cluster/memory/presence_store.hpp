#pragma once

#include "actors/message/presence.hpp"
#include "actors/text/string_map.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace rookery {

/// The clients on the channels of one in-process bus. Knows a channel while
/// there is a client on it. The caller that adds a client removes it. For one
/// thread.
class presence_store {
public:
  /// Adds a client, or gives a known one a new info. Returns whether it is new.
  bool add(std::string_view channel, std::string_view client,
           presence_info info);

  /// Returns what was known of the client; nothing when it was not there.
  std::optional<presence_info> remove(std::string_view channel,
                                      std::string_view client);

  /// At most `limit` of the clients of a channel, in no order. O(limit).
  std::vector<present_client> list(std::string_view channel,
                                   std::size_t limit) const;

  /// O(1).
  presence_stats stats(std::string_view channel) const;

  /// Channels on which someone is present.
  std::size_t channels() const noexcept { return channels_.size(); }

private:
  struct audience {
    string_map<presence_info> clients;
    string_map<std::size_t> users; // how many clients each has

    void enter(const std::string& user) { ++users[user]; }

    void leave(const std::string& user);
  };

  string_map<audience> channels_; // none is empty
};

} // namespace rookery
