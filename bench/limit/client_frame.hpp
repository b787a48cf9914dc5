#pragma once

#include <span>
#include <string_view>

namespace rookery::limit {

/// The opcodes of RFC 6455, 5.2, that the limit distinguishes.
enum class opcode : unsigned char { text = 1, binary = 2, close = 8 };

/// The kind of frame at the front of a client's bytes.
enum class frame_status { complete, partial, broken };

/// One frame of a client, unmasked in place.
struct client_frame {
  opcode kind;
  std::string_view payload;
};

/// Takes the next frame off the front of `bytes` and unmasks it in place. A
/// partial frame leaves `bytes` unchanged. `broken` means a frame that no
/// client of a benchmark sends: a fragment, an extension, no mask, 65,536 bytes
/// or more.
frame_status take_frame(std::span<char>& bytes, client_frame& result);

} // namespace rookery::limit
