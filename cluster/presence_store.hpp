#pragma once

#include "actors/string_map.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rookery {

/// Who a client on a channel is.
struct presence_info {
  std::string user;      ///< empty: anonymous, one user like any other
  std::string conn_info; ///< raw JSON, of the connection
  std::string chan_info; ///< raw JSON, of the subscription

  friend bool operator==(const presence_info&, const presence_info&) = default;
};

/// One client that is present on a channel.
struct present_client {
  std::string client;
  presence_info info;

  friend bool operator==(const present_client&,
                         const present_client&) = default;
};

/// How many are present on a channel.
struct presence_stats {
  std::size_t clients = 0;
  std::size_t users = 0; ///< distinct ones

  friend bool operator==(const presence_stats&,
                         const presence_stats&) = default;
};

/// Who is on which channel of one in-process bus. Knows a channel as long as
/// someone is there; whoever adds a client removes it. For one thread.
class presence_store {
public:
  /// Adds a client, or gives a known one a new info. Returns whether it is new.
  bool add(std::string_view channel, std::string_view client,
           presence_info info);

  /// Returns whether the client was there.
  bool remove(std::string_view channel, std::string_view client);

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
