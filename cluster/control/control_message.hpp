#pragma once

#include "actors/message/control.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The messages between the nodes of a cluster, as JSON.
namespace rookery {

/// A message that says that its sender is running.
struct control_hello {
  bool operator==(const control_hello&) const = default;
};

/// A message that says that its sender is about to end.
struct control_bye {
  bool operator==(const control_bye&) const = default;
};

/// A query of a node to others.
struct remote_query {
  std::uint64_t id = 0;
  control_query what;
  /// The ids of the nodes that are to answer. An id is new at each start of a
  /// node, so a query captured before a restart is for nobody after it.
  std::vector<std::string> to;

  bool operator==(const remote_query&) const = default;
};

/// The answer to the query of another node.
struct remote_reply {
  std::string to; ///< the other node's id
  std::uint64_t id = 0;
  std::chrono::seconds uptime{0};
  control_result result;

  bool operator==(const remote_reply&) const = default;
};

/// The body of a message that this version does not understand.
struct control_unknown {
  bool operator==(const control_unknown&) const = default;
};

struct control_message {
  node_identity from;
  std::variant<control_unknown, control_hello, control_bye, remote_query,
               remote_reply>
    body;

  bool operator==(const control_message&) const = default;
};

std::string encode_control(const control_message& message);

/// Returns nullopt if `text` does not name its sender.
std::optional<control_message> decode_control(std::string_view text);

} // namespace rookery
