#include "bench/limit/handshake.hpp"

#include <algorithm>
#include <array>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <strings.h>

namespace rookery::limit {

namespace {

constexpr std::string_view line_end = "\r\n";

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size()
         && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos)
    return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// The value of field `name`, empty if it is missing.
std::string_view field(std::string_view head, std::string_view name) {
  while (!head.empty()) {
    const auto line = head.substr(0, head.find(line_end));
    const auto colon = line.find(':');
    if (equal_ignoring_case(line.substr(0, colon), name)
        && colon != std::string_view::npos)
      return trimmed(line.substr(colon + 1));
    head.remove_prefix(std::min(head.size(), line.size() + line_end.size()));
  }
  return {};
}

} // namespace

std::optional<upgrade_request> read_upgrade(std::string_view head) {
  constexpr std::string_view start = "GET /ws/";
  if (!head.starts_with(start))
    return std::nullopt;
  const auto path = head.substr(start.size());
  const upgrade_request result{path.substr(0, path.find_first_of(" ?\r")),
                               field(head, "Sec-WebSocket-Key")};
  if (result.channel.empty() || result.key.empty())
    return std::nullopt;
  return result;
}

std::string switching_protocols(std::string_view key) {
  std::string text{key};
  text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest;
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       digest.data());
  std::array<unsigned char, 4 * ((SHA_DIGEST_LENGTH + 2) / 3) + 1> accept;
  const int length = EVP_EncodeBlock(accept.data(), digest.data(),
                                     static_cast<int>(digest.size()));
  std::string result = "HTTP/1.1 101 Switching Protocols\r\n"
                       "Upgrade: websocket\r\n"
                       "Connection: Upgrade\r\n"
                       "Sec-WebSocket-Accept: ";
  result.append(reinterpret_cast<const char*>(accept.data()),
                static_cast<std::size_t>(length));
  return result += "\r\n\r\n";
}

} // namespace rookery::limit
