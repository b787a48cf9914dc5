#pragma once

#include "actors/message/bus_messages.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rookery {

/// The user and the infos of a client on a channel.
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

/// The numbers of clients and users on a channel.
struct presence_stats {
  std::size_t clients = 0;
  std::size_t users = 0; ///< distinct ones

  friend bool operator==(const presence_stats&,
                         const presence_stats&) = default;
};

/// The maximum number of clients in one answer.
inline constexpr std::uint32_t longest_presence = 1000;

/// Enters a client of this node into a channel's presence, or renews its info.
/// With `tells` the channel's subscribers get a join if the client is new
/// there.
struct presence_enter {
  std::string channel;
  present_client who;
  bool tells = false;
  credit spent = {};

  friend bool operator==(const presence_enter&,
                         const presence_enter&) = default;
};

/// Removes a client from a channel's presence. With `tells` the subscribers get
/// a leave if the client was present.
struct presence_leave {
  std::string channel;
  std::string client;
  bool tells = false;
  credit spent = {};

  friend bool operator==(const presence_leave&,
                         const presence_leave&) = default;
};

/// Asks the bus for the clients on a channel, cluster-wide. The sender gets one
/// `presence_answer` with the same ticket and credit.
struct presence_query {
  std::string channel;
  /// The maximum number of clients, up to `longest_presence`; 0: only count
  /// them.
  std::uint32_t limit = 0;
  std::uint64_t ticket = 0;
  credit spent = {};

  friend bool operator==(const presence_query&,
                         const presence_query&) = default;
};

struct presence_page {
  presence_stats stats;
  std::vector<present_client> clients;
};

/// The bus's answer to a `presence_query`: a page, or the reason why there is
/// none.
struct presence_answer {
  std::uint64_t ticket = 0;
  publish_problem problem = publish_problem::none;
  std::shared_ptr<const presence_page> page = nullptr;
  credit spent = {};

  friend bool operator==(const presence_answer&,
                         const presence_answer&) = default;
};

} // namespace rookery
