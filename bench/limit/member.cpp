#include "bench/limit/member.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace rookery::limit {

namespace {

constexpr std::size_t pieces_per_send = 64;

std::size_t size_of(std::span<const iovec> pieces) noexcept {
  std::size_t result = 0;
  for (const auto& piece : pieces)
    result += piece.iov_len;
  return result;
}

/// Copies all but the first `sent` bytes of `pieces` for later.
void keep(member& to, std::span<const iovec> pieces, std::size_t sent) {
  for (const auto& piece : pieces) {
    const auto done = std::min(sent, piece.iov_len);
    to.unsent.append(static_cast<const char*>(piece.iov_base) + done,
                     piece.iov_len - done);
    sent -= done;
  }
}

} // namespace

bool send_pieces(member& to, std::span<const iovec> pieces) {
  if (!to.unsent.empty()) {
    keep(to, pieces, 0);
    return true;
  }
  while (!pieces.empty()) {
    const auto some = pieces.first(std::min(pieces.size(), pieces_per_send));
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(some.data()); // sendmsg only reads it
    message.msg_iovlen = some.size();
    const auto sent = sendmsg(to.socket.number(), &message, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
      return false;
    const auto taken = static_cast<std::size_t>(std::max<ssize_t>(sent, 0));
    if (taken < size_of(some)) {
      keep(to, pieces, taken);
      return true;
    }
    pieces = pieces.subspan(some.size());
  }
  return true;
}

bool send_unsent(member& to) {
  const auto sent = send(to.socket.number(), to.unsent.data() + to.unsent_begin,
                         to.unsent.size() - to.unsent_begin, MSG_NOSIGNAL);
  if (sent < 0)
    return errno == EAGAIN;
  to.unsent_begin += static_cast<std::size_t>(sent);
  if (to.unsent_begin == to.unsent.size())
    to.unsent = {}; // an idle member holds no memory
  else if (to.unsent_begin > to.unsent.size() / 2)
    to.unsent.erase(0, to.unsent_begin); // moves less than was sent
  else
    return true;
  to.unsent_begin = 0;
  return true;
}

} // namespace rookery::limit
