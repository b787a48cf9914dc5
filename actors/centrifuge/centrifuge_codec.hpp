#pragma once

#include "actors/centrifuge/centrifuge_commands.hpp"
#include "actors/centrifuge/centrifuge_replies.hpp"
#include "actors/message/payload.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery {

/// The maximum number of commands in one frame unless a codec is made for more.
/// Clients put their connect and all subscribes into the first one.
inline constexpr std::size_t max_commands_per_frame = 1024;

/// The maximum number of entries of a map within a command.
inline constexpr std::size_t max_map_entries = 1024;

/// The result of decoding the next command of a frame.
enum class decoded : std::uint8_t {
  command,   ///< a valid command
  malformed, ///< close with `close_reason::bad_request`, after handling the
             ///< commands before
  end,       ///< no more commands in the frame
};

/// An encoding of the Centrifuge client protocol: decodes the bytes of a frame
/// to commands, encodes replies and pushes. One codec serves all connections of
/// a loop, on the loop's thread; it keeps no state beyond a frame.
class centrifuge_codec {
public:
  virtual ~centrifuge_codec() = default;

  /// The kind of the messages that carry the frames.
  virtual payload_kind kind() const noexcept = 0;

  /// Begins to decode a frame, or the rest of one after `before` commands,
  /// which is copied. The rest of the previous frame is dropped.
  virtual void begin(std::string_view frame, std::uint32_t before = 0) = 0;

  /// Decodes the next command of the frame into `command`, whose views are
  /// valid until the next call of `begin` or `next`, also while encoding.
  /// `command` is set only if the result is `decoded::command`. After
  /// `malformed` or `end` the result stays the same. An empty frame is
  /// malformed, and so is a command over the maximum of the codec.
  virtual decoded next(centrifuge_command& command) = 0;

  /// Returns the frame from the last decoded command on; valid until the next
  /// call of `begin`.
  virtual std::string_view rest() const noexcept = 0;

  /// Returns the number of decoded commands in the frame.
  virtual std::uint32_t count() const noexcept = 0;

  /// Appends a reply to `frame`, which may hold other messages of this codec:
  /// messages share a frame.
  virtual void encode(const centrifuge_reply& reply, std::string& frame) = 0;

  /// Appends a push to `frame`, likewise.
  virtual void encode(const centrifuge_push& push, std::string& frame) = 0;

  /// Appends a ping to `frame`, likewise. The client answers with a `pong`.
  virtual void encode_ping(std::string& frame) = 0;
};

} // namespace rookery
