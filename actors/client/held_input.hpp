#pragma once

#include "actors/client/waiting_line.hpp"
#include "actors/message/payload.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery {

class client_connection;

/// A message of a client, or the rest of one.
struct client_input {
  std::string_view payload;
  payload_kind kind = payload_kind::text;
  /// The number of commands in the message before this part of it.
  std::uint32_t commands = 0;
};

/// The messages of one client that have been read and have to wait, in their
/// order. The client is not read meanwhile, so there is at most what one
/// reading brings, besides the message that was being worked on. Loop thread
/// only.
class held_input final : public waiting_line::client {
public:
  /// `sum` is that of the bytes which the clients of the loop hold. Both must
  /// outlive this.
  held_input(client_connection& owner, std::uint64_t& sum)
    : owner_{owner}, sum_{sum} {}

  ~held_input() { sum_ -= bytes_.size(); }

  held_input(const held_input&) = delete;
  held_input& operator=(const held_input&) = delete;

  void add(const client_input& message);

  bool is_empty() const noexcept { return begin_ == bytes_.size(); }

  /// The bytes in memory, those that are worked off included.
  std::size_t size() const noexcept { return bytes_.size(); }

  /// Returns the first message, or what is left of it. There must be one.
  client_input front() const noexcept;

  /// Keeps only `rest` of the first message, the end of it.
  void trim(const client_input& rest) noexcept;

  /// Removes the first message.
  void pop() noexcept;

  // waiting_line::client
  void go_on() noexcept override;

private:
  /// A message's size and kind, in `bytes_` before its payload.
  struct header {
    std::uint32_t size;
    std::uint32_t commands;
    payload_kind kind;
  };

  header first() const noexcept;

  client_connection& owner_;
  std::uint64_t& sum_;
  std::string bytes_;
  std::size_t begin_ = 0; // of the first message's header
};

} // namespace rookery
