#pragma once

#include "actors/message/bus_messages.hpp"
#include "actors/message/client_command.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What concerns all nodes of a cluster: questions and commands, and how the
/// nodes answer.
namespace rookery {

/// Channels that one node names in an answer, at most.
inline constexpr std::size_t most_listed_channels = 10'000;

/// Asks for the channels that have subscribers.
struct channels_question {
  /// A shell pattern (fnmatch); empty: all.
  std::string pattern;

  bool operator==(const channels_question&) const = default;
};

/// Asks for what the nodes are and hold.
struct info_question {
  bool operator==(const info_question&) const = default;
};

/// Asks for what operators want to know of nodes, or to have done: JSON, which
/// the control carries and does not read.
struct admin_question {
  /// Id of the node that is asked; empty: all are.
  std::string node;
  std::string text;

  bool operator==(const admin_question&) const = default;
};

/// What is put to all nodes.
using control_body = std::variant<client_command, channels_question,
                                  info_question, admin_question>;

/// A channel and its subscribers on a loop or node.
struct listed_channel {
  std::string name;
  std::uint64_t subscribers = 0;

  bool operator==(const listed_channel&) const = default;
};

struct channels_page {
  std::vector<listed_channel> channels;
  /// There are more than are listed.
  bool is_cut = false;

  bool operator==(const channels_page&) const = default;
};

/// What a loop or node holds.
struct node_counts {
  std::uint64_t clients = 0;
  /// A user with clients on several loops counts once for each of these.
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

/// How many clients a command was for.
struct clients_reached {
  std::uint64_t clients = 0;

  bool operator==(const clients_reached&) const = default;
};

/// What a node answers to an `admin_question`.
struct admin_reply {
  std::string text;

  bool operator==(const admin_reply&) const = default;
};

/// What a loop or node answers to a `control_body`.
using control_result =
  std::variant<clients_reached, channels_page, node_counts, admin_reply>;

/// Adds what another part has answered to the same question.
void merge(control_result& into, control_result&& other);

/// One run of a node.
struct node_identity {
  std::string id; ///< random
  std::string name;
  std::string version;

  bool operator==(const node_identity&) const = default;
};

/// A node of which nothing is heard any more.
struct departed_node {
  node_identity node;
  /// It has said so; else it fell silent.
  bool has_left = false;
  std::chrono::seconds ago{0};
};

/// Asks the control which nodes it knows.
struct membership_query {};

struct membership_report {
  node_identity self;
  /// Operators see and command the others, too.
  bool is_shared = false;
  std::vector<node_identity> others;
  std::vector<departed_node> departed; ///< latest first
};

/// The answer of one node.
struct node_answer {
  node_identity node;
  std::chrono::seconds uptime{0};
  control_result result;
};

/// Puts `body` to one loop, which answers with its part.
struct loop_question {
  std::shared_ptr<const control_body> body;
};

struct loop_part {
  control_result result;
};

/// Puts `body` to all nodes. The sender gets one `control_answer` with the same
/// ticket.
struct control_request {
  std::shared_ptr<const control_body> body;
  std::uint64_t ticket = 0;
};

/// What became of a `control_request`.
struct control_answer {
  std::uint64_t ticket = 0;
  /// Why the other nodes may not have been asked.
  publish_problem problem = publish_problem::none;
  std::vector<node_answer> nodes;
  /// Those who did not answer in time.
  std::vector<node_identity> silent;
};

} // namespace rookery
