#include "apps/rookery-bench/websocket_wire.hpp"

#include <cstring>

namespace rookery::bench {

enum class websocket_wire::opcode : unsigned char {
  text = 0x1,
  close = 0x8,
  ping = 0x9,
  pong = 0xa
};

std::string websocket_wire::hello() {
  carry_.clear();
  open_ = false;
  // Any 16 bytes will do: the server's answer to them is not checked.
  return "GET " + target_
         + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
           "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: cm9va2VyeS1iZW5jaC1rZQ==\r\n\r\n";
}

bool websocket_wire::feed(std::string_view bytes, std::string& out, sink& to) {
  if (carry_.empty()) {
    const auto used = take(bytes, out, to);
    carry_.assign(bytes.substr(used));
  } else {
    carry_.append(bytes);
    carry_.erase(0, take(carry_, out, to));
  }
  return problem().empty();
}

void websocket_wire::goodbye(std::string& out) {
  append_frame(opcode::close, "\x03\xe8", out);
}

void websocket_wire::append_text(std::string_view payload, std::string& out) {
  append_frame(opcode::text, payload, out);
}

// Returns the number of bytes consumed.
std::size_t websocket_wire::take(std::string_view bytes, std::string& out,
                                 sink& to) {
  std::size_t used = 0;
  if (!open_) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos)
      return 0;
    used = end + 4;
    if (!bytes.starts_with("HTTP/1.1 101")) {
      fail("refused: " + std::string{bytes.substr(0, bytes.find('\r'))});
      return used;
    }
    open_ = true;
    opened(out, to);
  }
  while (problem().empty()) {
    const auto step = take_frame(bytes.substr(used), out, to);
    if (step == 0)
      break;
    used += step;
  }
  return used;
}

std::size_t websocket_wire::take_frame(std::string_view bytes, std::string& out,
                                       sink& to) {
  if (bytes.size() < 2)
    return 0;
  const auto at = [&](std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
  };
  if ((at(0) & 0x70) != 0 || (at(1) & 0x80) != 0) {
    fail("broken frame");
    return 0;
  }
  std::uint64_t length = at(1);
  std::size_t header = 2;
  if (length >= 126) {
    header = length == 126 ? 4 : 10;
    if (bytes.size() < header)
      return 0;
    length = 0;
    for (std::size_t i = 2; i < header; ++i)
      length = length << 8 | at(i);
  }
  if (bytes.size() - header < length)
    return 0;
  take_message(static_cast<opcode>(at(0) & 0x0f), bytes.substr(header, length),
               out, to);
  return header + length;
}

void websocket_wire::take_message(opcode kind, std::string_view payload,
                                  std::string& out, sink& to) {
  switch (kind) {
  case opcode::ping:
    append_frame(opcode::pong, payload, out);
    break;
  case opcode::pong:
    break;
  case opcode::close:
    fail("closed by the server, code "
         + (payload.size() < 2
              ? std::string{"none"}
              : std::to_string(static_cast<unsigned char>(payload[0]) << 8
                               | static_cast<unsigned char>(payload[1]))));
    break;
  default:
    message(payload, out, to);
  }
}

void websocket_wire::append_frame(opcode kind, std::string_view payload,
                                  std::string& out) {
  out.push_back(static_cast<char>(0x80 | static_cast<unsigned char>(kind)));
  if (payload.size() < 126) {
    out.push_back(static_cast<char>(0x80 | payload.size()));
  } else {
    const bool wide = payload.size() > 0xffff;
    out.push_back(static_cast<char>(0x80 | (wide ? 127 : 126)));
    for (int shift = wide ? 56 : 8; shift >= 0; shift -= 8)
      out.push_back(static_cast<char>(std::uint64_t{payload.size()} >> shift));
  }
  // A new mask per frame, as the protocol requires; it protects nothing here.
  key_ = key_ * 1664525 + 1013904223;
  char key[4];
  std::memcpy(key, &key_, sizeof key);
  out.append(key, sizeof key);
  for (std::size_t i = 0; i < payload.size(); ++i)
    out.push_back(static_cast<char>(payload[i] ^ key[i % 4]));
}

} // namespace rookery::bench
