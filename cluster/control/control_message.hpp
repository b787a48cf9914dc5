#pragma once

#include "actors/message/control.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// What the nodes of a cluster say to each other, as JSON.
namespace rookery {

/// A node is there.
struct control_hello {
  bool operator==(const control_hello&) const = default;
};

/// A node is about to end.
struct control_bye {
  bool operator==(const control_bye&) const = default;
};

/// A node puts something to all others.
struct control_question {
  std::uint64_t id = 0;
  control_body body;

  bool operator==(const control_question&) const = default;
};

/// A node's answer to another one's question.
struct control_reply {
  std::string to; ///< the other node's id
  std::uint64_t id = 0;
  std::chrono::seconds uptime{0};
  control_result result;

  bool operator==(const control_reply&) const = default;
};

struct control_message {
  node_identity from;
  std::variant<control_hello, control_bye, control_question, control_reply>
    body;

  bool operator==(const control_message&) const = default;
};

std::string encode_control(const control_message& message);

/// Nothing for what this version does not understand.
std::optional<control_message> decode_control(std::string_view text);

} // namespace rookery
