#pragma once

#include <span>
#include <string_view>

namespace rookery::limit {

/// The opcodes of RFC 6455, 5.2, that the limit tells apart.
enum class opcode : unsigned char { text = 1, binary = 2, close = 8 };

/// What the front of the bytes from a client turned out to be.
enum class frame_status { complete, partial, broken };

/// One frame of a client, unmasked where it was read.
struct client_frame {
  opcode kind;
  std::string_view payload;
};

/// Takes the next frame off the front of `bytes` and unmasks it in place. A
/// partial frame leaves `bytes` as they are. Broken is what no client of a
/// benchmark sends: fragments, extensions, no mask, 65,536 bytes and more.
frame_status take_frame(std::span<char>& bytes, client_frame& result);

} // namespace rookery::limit
