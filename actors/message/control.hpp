#pragma once

#include "actors/message/client_command.hpp"
#include "actors/message/node_query.hpp"
#include "actors/message/publish_verdict.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The queries and commands that nodes of a cluster receive, and their answers.
namespace rookery {

/// The maximum number of channels in one node's answer.
inline constexpr std::size_t max_listed_channels = 10'000;

/// Asks for the channels that have subscribers.
struct channels_query {
  /// A shell pattern (fnmatch); empty: all channels.
  std::string pattern;

  bool operator==(const channels_query&) const = default;
};

/// Asks each node for its name and its counts.
struct info_query {
  bool operator==(const info_query&) const = default;
};

/// Sends the queries of an operator to one node, or to all.
struct admin_query {
  std::string node; ///< its id; empty: all
  std::vector<node_query> queries;

  bool operator==(const admin_query&) const = default;
};

/// One query or command for the nodes.
using control_query =
  std::variant<client_command, channels_query, info_query, admin_query>;

/// A channel and its subscribers on a loop or node.
struct listed_channel {
  std::string name;
  std::uint64_t subscribers = 0;

  bool operator==(const listed_channel&) const = default;
};

struct channels_page {
  std::vector<listed_channel> channels;
  /// True if channels were left out.
  bool is_cut = false;

  bool operator==(const channels_page&) const = default;
};

/// The counts of a loop or node.
struct node_counts {
  std::uint64_t clients = 0;
  /// A user with clients on several loops counts once on each of them.
  std::uint64_t users = 0;
  std::uint64_t channels = 0;
  std::uint64_t subscriptions = 0;

  node_counts& operator+=(const node_counts& other) noexcept {
    clients += other.clients;
    users += other.users;
    channels += other.channels;
    subscriptions += other.subscriptions;
    return *this;
  }

  bool operator==(const node_counts&) const = default;
};

/// The number of clients that a command matched.
struct clients_reached {
  std::uint64_t clients = 0;

  bool operator==(const clients_reached&) const = default;
};

/// The answer of a node to an `admin_query`: a JSON array with one answer for
/// each query. It is passed on as text, because parsing a page of rows would
/// block the loop of the control.
struct admin_reply {
  std::string text;

  bool operator==(const admin_reply&) const = default;
};

/// The answer of a loop or node to a `control_query`.
using control_result =
  std::variant<clients_reached, channels_page, node_counts, admin_reply>;

/// Adds the answer of another part to the same query.
void merge(control_result& into, control_result&& other);

/// One run of a node.
struct node_identity {
  std::string id; ///< random
  std::string name;
  std::string version;

  bool operator==(const node_identity&) const = default;
};

/// A node that has left the cluster or no longer sends signs of life.
struct departed_node {
  node_identity node;
  /// True if the node announced its end; false if it fell silent.
  bool has_left = false;
  std::chrono::seconds ago{0};
};

/// A node that sends messages that this one cannot accept, as it names itself.
struct stranger_node {
  node_identity node;
  std::string_view reason; ///< a literal

  bool operator==(const stranger_node&) const = default;
};

/// Asks the control for the nodes it knows.
struct membership_query {};

struct membership_report {
  node_identity self;
  /// True if operators can query and command the other nodes, too.
  bool is_shared = false;
  std::vector<node_identity> others;
  std::vector<departed_node> departed; ///< latest first
  std::vector<stranger_node> strangers;
};

/// The answer of one node.
struct node_answer {
  node_identity node;
  std::chrono::seconds uptime{0};
  control_result result;
};

/// Sends `what` to one loop, which answers for itself.
struct loop_query {
  std::shared_ptr<const control_query> what;
};

struct loop_part {
  control_result result;
};

/// Sends `what` to all nodes. The sender gets one `cluster_answer` with the
/// same ticket.
struct cluster_query {
  std::shared_ptr<const control_query> what;
  std::uint64_t ticket = 0;
};

/// The outcome of a `cluster_query`.
struct cluster_answer {
  std::uint64_t ticket = 0;
  /// The reason why the other nodes may not have received the query.
  publish_problem problem = publish_problem::none;
  std::vector<node_answer> nodes;
  /// Nodes that did not answer in time.
  std::vector<node_identity> silent;
  /// Nodes that are there and were not asked.
  std::vector<stranger_node> strangers;
};

} // namespace rookery
