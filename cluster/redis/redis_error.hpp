#pragma once

#include <string>
#include <string_view>

namespace rookery {

/// An error of Redis in a form that may be logged, counted and shown.
struct redis_error {
  /// The name of the error, e.g. "NOPERM"; "error" if it has none. It decides
  /// what the node does, see docs/operations.md.
  std::string word;
  /// The first line of Redis' text, without what repeats the arguments of our
  /// command, and without control characters.
  std::string text;

  /// Returns true if the server must not be used now, whatever the command was:
  /// it starts, it is a replica, or it does not know this client.
  bool ends_link() const noexcept;

  /// Returns true if the server is a replica: its name has to be resolved anew.
  bool is_of_replica() const noexcept;

  /// Returns true if Redis does not know the command, or does not allow it to
  /// this user.
  bool denies_command() const noexcept;
};

/// Reads the text of an error reply.
redis_error read_redis_error(std::string_view line);

/// Reads the answer to a command whose arguments are secret: the text is only
/// the word.
redis_error read_secret_error(std::string_view line);

} // namespace rookery
